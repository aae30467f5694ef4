"""A spoken sentence as it is kept: marked sound and the time of each symbol, in one FLAC file."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from narrator.audio.encode import write_flac
from narrator.audio.watermark.grid import VoiceKind
from narrator.audio.watermark.marked import Mark, MarkedAudio, as_stored, reopen, seal_digest
from narrator.errors import UnreadableAudio
from narrator.speech import Timing


@dataclass(frozen=True, eq=False)
class Segment:
    """The marked audio of one utterance and when each of its symbols sounds."""

    audio: MarkedAudio
    timings: tuple[Timing, ...]


def write_segment(path: Path, segment: Segment, key: bytes) -> Segment:
    """Keep `segment` at `path`, sealed with the installation's key, and give it as it is kept.

    The samples become 16 bit: what is to sound the same on each run goes on with those. Raises
    DiskFull, FolderNotWritable or EncoderFailed.
    """
    audio = as_stored(segment.audio)
    timings = json.dumps(segment.timings, separators=(",", ":"))
    comment = {
        "mark": asdict(audio.mark) | {"kind": audio.mark.kind.value},
        "digest": seal_digest(audio, timings.encode(), key),
        "timings": timings,
    }
    write_flac(path, audio, comment=json.dumps(comment))
    return Segment(audio, segment.timings)


def read_segment(path: Path, key: bytes) -> Segment:
    """Give the segment kept at `path`.

    Raises UnreadableAudio when the file is missing, damaged or no segment, and MarkFailed when it
    is not what was kept here, or was kept under another key: either way it can be deleted and
    spoken again.
    """
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            rate, comment = file.samplerate, file.comment
            samples = file.read(dtype="float32")
    except soundfile.SoundFileError as error:
        raise UnreadableAudio(path, "the stored sentence is damaged") from error
    try:
        facts: dict[str, Any] = json.loads(comment)
        mark = _mark(facts)
        timings = tuple(Timing(*values) for values in json.loads(facts["timings"]))
        digest, extra = facts["digest"], facts["timings"].encode()
        audio = reopen(samples, rate, mark, digest, extra, key)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableAudio(path, "the stored sentence is not complete") from error
    return Segment(audio, timings)


class Outline(NamedTuple):
    """What a kept segment claims of itself."""

    mark: Mark
    seconds: float


def outline(path: Path) -> Outline:
    """Give the mark and the length that a kept segment claims, without a look at its sound.

    Raises UnreadableAudio when the file is missing, damaged or no segment.
    """
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            return Outline(_mark(json.loads(file.comment)), file.frames / file.samplerate)
    except (soundfile.SoundFileError, ValueError, TypeError, KeyError) as error:
        raise UnreadableAudio(path, "the stored sentence is damaged") from error


def _mark(facts: dict[str, Any]) -> Mark:
    return Mark(**facts["mark"] | {"kind": VoiceKind(facts["mark"]["kind"])})
