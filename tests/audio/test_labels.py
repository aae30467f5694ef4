"""Every file says that an AI speaks, in words two independent readers find."""

from collections.abc import Callable
from pathlib import Path

import av
import mutagen
import pytest
from marked import KEY
from speechlike import speechlike

from narrator.audio.encode import Mp3Writer, write_flac, write_wav
from narrator.audio.watermark.marked import MarkedAudio, VoiceKind, mark, unspoken
from narrator.speech import SAMPLE_RATE, Audio

TYPES = {VoiceKind.STOCK: "AI Voice", VoiceKind.REPLICA: "Authorized Voice Replica"}
SPEECH = Audio(speechlike(1))


def write_mp3(path: Path, audio: MarkedAudio) -> None:
    with Mp3Writer(path) as writer:
        writer.write(unspoken(audio.samples * 0, SAMPLE_RATE))  # a pause says nothing of the voice
        writer.write(audio)


WRITERS: dict[str, Callable[[Path, MarkedAudio], None]] = {
    "mp3": write_mp3,
    "wav": lambda path, audio: write_wav(path, [audio]),
    "flac": lambda path, audio: write_flac(path, audio, comment="kept"),
}


def by_mutagen(path: Path) -> dict[str, str]:
    """Read ID3 user texts or Vorbis comments, and the comment for people."""
    tags = mutagen.File(path).tags
    if hasattr(tags, "getall"):
        texts = {frame.desc: str(frame) for frame in tags.getall("TXXX")}
        return texts | {"comment": str(tags.getall("COMM")[0])}
    texts = {name.upper(): values[0] for name, values in tags.items()}
    return texts | {"comment": texts["DESCRIPTION"]}


def by_ffmpeg(path: Path) -> dict[str, str]:
    with av.open(path) as container:
        return dict(container.metadata)


@pytest.mark.parametrize("read", [by_mutagen, by_ffmpeg])
@pytest.mark.parametrize("kind", VoiceKind)
@pytest.mark.parametrize("form", WRITERS)
def test_a_file_says_that_an_ai_speaks_and_in_whose_voice(
    form: str, kind: VoiceKind, read: Callable[[Path], dict[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / f"a.{form}"
    WRITERS[form](path, mark(SPEECH, key=KEY, kind=kind))
    found = read(path)
    assert found["AI_GENERATED"] == "1"
    assert found["VOICE_TYPE"] == TYPES[kind]
    assert found["comment"] == f"Read by a synthetic voice: {TYPES[kind]}, made with narrator."


def test_one_sentence_of_a_replica_makes_the_whole_file_one(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    replica = mark(SPEECH, key=KEY, kind=VoiceKind.REPLICA)
    write_wav(path, [mark(SPEECH, key=KEY), replica, mark(SPEECH, key=KEY)])
    assert by_mutagen(path)["VOICE_TYPE"] == TYPES[VoiceKind.REPLICA]
