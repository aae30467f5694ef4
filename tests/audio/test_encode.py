import io
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from marked import decibels, spoken

from narrator.audio.assemble import Pause, assemble
from narrator.audio.decode import open_sound
from narrator.audio.encode import Mp3Writer, write_flac, write_wav
from narrator.audio.segment import Segment
from narrator.audio.tags import Tags
from narrator.audio.watermark.detector import detect
from narrator.audio.watermark.grid import VoiceKind
from narrator.audio.watermark.marked import MarkedAudio, unspoken
from narrator.errors import EncoderFailed, FolderNotWritable
from narrator.speech import Audio

TAGS = Tags(title="One", album="A Book", author="A. N. Writer", narrator="Ann", track=1, tracks=2)
KBPS = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]


def frame_headers(path: Path) -> list[tuple[int, int, int]]:
    """Walk an MP3 file from frame to frame: kbit/s, Hz and channel mode (3 is mono) of each."""
    data = path.read_bytes()
    at, headers = 0, []
    if data.startswith(b"ID3"):
        at = 10 + sum((byte & 127) << 7 * (3 - place) for place, byte in enumerate(data[6:10]))
    while at < len(data):
        header = int.from_bytes(data[at : at + 4])
        assert header >> 17 == 0x7FFD  # MPEG-1, layer III
        kbps, hz = KBPS[header >> 12 & 15], (44_100, 48_000, 32_000)[header >> 10 & 3]
        headers.append((kbps, hz, header >> 6 & 3))
        at += 144 * kbps * 1000 // hz + (header >> 9 & 1)
    assert at == len(data)
    return headers


def encoded(path: Path, blocks: Iterable[MarkedAudio]) -> None:
    with Mp3Writer(path, tags=TAGS) as writer:
        for block in blocks:
            writer.write(block)


def fails_after(block: MarkedAudio, error: BaseException) -> Iterator[MarkedAudio]:
    yield block
    raise error


def test_every_frame_of_a_chapter_is_mono_at_192_kbit_and_44100_hz(tmp_path: Path) -> None:
    path = tmp_path / "chapter.mp3"
    blocks = [spoken(1.3, seed=seed) for seed in range(3)]
    encoded(path, blocks)
    headers = frame_headers(path)
    assert set(headers) == {(192, 44_100, 3)}
    seconds = sum(block.seconds for block in blocks)
    assert len(headers) == pytest.approx(seconds * 44_100 / 1152, abs=4)


@pytest.mark.parametrize("seconds", [0.3, 0.7, 3.0, 7.4])
def test_a_chapter_is_as_long_as_what_was_spoken(tmp_path: Path, seconds: float) -> None:
    from mutagen.mp3 import MP3, BitrateMode

    path = tmp_path / "chapter.mp3"
    block = spoken(seconds)
    encoded(path, [block])
    read = MP3(path)
    assert read.info.length == pytest.approx(block.seconds, abs=0.05)
    assert read.info.bitrate == pytest.approx(192_000, rel=1e-4)  # it divides bytes by seconds
    assert (read.info.sample_rate, read.info.channels) == (44_100, 1)
    assert read.info.bitrate_mode == BitrateMode.CBR
    assert len(open_sound(path).whole()) == round(block.seconds * 44_100)


def test_ffmpeg_and_libsndfile_decode_the_same_sound_that_was_written(tmp_path: Path) -> None:
    import av

    path = tmp_path / "chapter.mp3"
    blocks = [spoken(1, seed=1), spoken(2, seed=2)]
    encoded(path, blocks)
    sound = np.concatenate([block.samples for block in blocks])
    with av.open(path) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    by_ffmpeg = np.concatenate(frames)
    assert len(by_ffmpeg) == len(sound) * 44_100 // 24_000
    back = open_sound(path, 24_000).whole()
    assert decibels(back - 0.97 * sound) < decibels(sound) - 35


def test_the_mark_is_found_again_in_a_finished_chapter(tmp_path: Path) -> None:
    path, parts, slot = tmp_path / "chapter.mp3", [], 300
    for seed in range(3):
        audio = spoken(2.5, db=-30 + 3 * seed, seed=seed, slot=slot)
        parts += [Segment(audio, ()), Pause(0.4)]
        slot += round((audio.seconds + 0.4) * 10)
    encoded(path, assemble(parts))
    finding = detect(open_sound(path).blocks, 44_100, search=False)
    assert finding.kind is VoiceKind.STOCK
    assert finding.z > 2 * finding.threshold


def test_memory_does_not_grow_with_the_chapter_and_blocks_reach_the_disk(tmp_path: Path) -> None:
    block = spoken(2)
    with Mp3Writer(tmp_path / "chapter.mp3") as writer:
        for _ in range(10):
            writer.write(block)
        assert writer.seconds == pytest.approx(10 * block.seconds, abs=0.01)
        (temporary,) = tmp_path.iterdir()
        assert temporary.stat().st_size > 0.8 * 10 * block.seconds * 24_000


@pytest.mark.parametrize("error", [RuntimeError("engine"), KeyboardInterrupt()])
def test_an_interrupted_chapter_leaves_nothing(tmp_path: Path, error: BaseException) -> None:
    path = tmp_path / "chapter.mp3"
    with pytest.raises(type(error)):
        encoded(path, fails_after(spoken(1), error))
    assert not list(tmp_path.iterdir())


def test_a_chapter_without_sound_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderFailed), Mp3Writer(tmp_path / "chapter.mp3"):
        pass
    with pytest.raises(EncoderFailed):
        write_wav(tmp_path / "line.wav", [])
    assert not list(tmp_path.iterdir())


def test_a_disk_that_fills_up_while_a_chapter_is_written_is_told_by_name(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no resource limits on Windows")
    script = """
        import resource, sys
        from pathlib import Path
        import numpy as np
        from narrator.audio.encode import Mp3Writer, write_wav
        from narrator.audio.watermark.marked import unspoken
        from narrator.errors import DiskFull
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        folder = Path(sys.argv[1])
        tone = unspoken(np.full(24_000, 0.001, dtype=np.float32), 24_000)
        refused = 0
        try:
            with Mp3Writer(folder / "a.mp3") as writer:
                for _ in range(20):
                    writer.write(tone)
        except DiskFull as error:
            refused += error.path == folder / "a.mp3"
        try:
            write_wav(folder / "a.wav", [tone] * 20)
        except DiskFull as error:
            refused += error.path == folder / "a.wav"
        sys.exit(refused)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (2, "")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_told_before_the_first_sound(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderNotWritable), Mp3Writer(tmp_path / "file" / "chapter.mp3"):
        pytest.fail("there is no place to write")


def test_a_wav_file_holds_the_very_samples(tmp_path: Path) -> None:
    path = tmp_path / "line.wav"
    blocks = [spoken(1), spoken(1, seed=1)]
    write_wav(path, iter(blocks))
    samples, rate = soundfile.read(path, dtype="float32")
    assert rate == 24_000
    expected = np.concatenate([block.samples for block in blocks])
    np.testing.assert_allclose(samples, expected, atol=0.51 / 32768)


@pytest.mark.parametrize(
    "sound", [np.zeros(2400, dtype=np.float32), Audio(np.zeros(2400)), b"RIFF", None]
)
def test_only_marked_sound_is_written(tmp_path: Path, sound: object) -> None:
    with pytest.raises(TypeError), Mp3Writer(tmp_path / "a.mp3") as writer:
        writer.write(sound)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        write_wav(tmp_path / "a.wav", [spoken(0.4), sound])  # type: ignore[list-item]
    with pytest.raises(TypeError):
        write_wav(tmp_path / "a.wav", [sound])  # type: ignore[list-item]
    with pytest.raises(TypeError):
        write_flac(tmp_path / "a.flac", sound)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_a_rate_that_mp3_has_not_at_192_kbit_is_refused(tmp_path: Path) -> None:
    for options in ({"rate": 24_000}, {"kbps": 200}):
        with pytest.raises(ValueError, match="MPEG-1"):
            Mp3Writer(tmp_path / "a.mp3", **options)


def test_blocks_of_two_rates_are_refused(tmp_path: Path) -> None:
    other = unspoken(np.zeros(1600, dtype=np.float32), 16_000)
    with pytest.raises(ValueError, match="16000"):
        encoded(tmp_path / "a.mp3", [spoken(0.4), other])
    with pytest.raises(ValueError, match="16000"):
        write_wav(tmp_path / "a.wav", [spoken(0.4), other])


def test_a_flac_file_keeps_its_comment_whatever_its_length(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    write_flac(path, spoken(0.2), comment="[1.5]" * 20_000)
    with soundfile.SoundFile(io.BytesIO(path.read_bytes())) as file:
        assert file.comment == "[1.5]" * 20_000
