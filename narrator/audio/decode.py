"""Read any sound file as a stream of samples, mixed to mono or by channel."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from narrator.audio.resample import Resampler
from narrator.errors import UnreadableAudio
from narrator.speech import Samples

if TYPE_CHECKING:
    from soundfile import SoundFile

BLOCK_SECONDS = 2


class Sound(NamedTuple):
    """A sound file that is being read. rate: Hz, of the blocks. channels: in the file.

    blocks: float32 (n,), mono: the mean of the channels; to be taken once, raising UnreadableAudio
    where the file turns out to be damaged. A file that was cut short gives what is there.
    """

    rate: int
    channels: int
    blocks: Iterator[Samples]

    def whole(self) -> Samples:
        """Give all samples at once, for short files."""
        return np.concatenate([np.zeros(0, dtype=np.float32), *self.blocks])


def open_sound(path: Path, rate: int | None = None) -> Sound:
    """Open a sound file for reading; `rate` in Hz resamples it on the way.

    libsndfile reads WAV, FLAC, Ogg, Opus and MP3; FFmpeg reads the others, M4B among them. Raises
    UnreadableAudio when there is no such file or no sound in it.
    """
    sound = open_channels(path)
    mono = sound._replace(blocks=(block.mean(axis=1, dtype=np.float32) for block in sound.blocks))
    if rate is None or rate == sound.rate:
        return mono
    return Sound(rate, sound.channels, _at_rate(mono, rate))


def open_channels(path: Path) -> Sound:
    """Open a sound file as `open_sound` does, but for the channels: blocks are (n, channels)."""
    if not path.is_file():
        raise UnreadableAudio(path, "it is a folder" if path.is_dir() else "there is no such file")
    return _by_libsndfile(path) or _by_ffmpeg(path)


def _by_libsndfile(path: Path) -> Sound | None:
    import soundfile

    try:
        file = soundfile.SoundFile(path)
    except soundfile.SoundFileError:
        return None
    return Sound(file.samplerate, file.channels, _libsndfile_blocks(path, file))


def _libsndfile_blocks(path: Path, file: "SoundFile") -> Iterator[Samples]:
    import soundfile

    try:
        with file:
            while len(block := file.read(file.samplerate * BLOCK_SECONDS, "float32", True)):
                yield block  # (frames, channels)
    except soundfile.SoundFileError as error:
        raise UnreadableAudio(path, _clause(error)) from error


def _by_ffmpeg(path: Path) -> Sound:
    import av

    try:
        with av.open(path) as container:
            if not container.streams.audio:
                raise UnreadableAudio(path, "there is no sound in it")
            stream = container.streams.audio[0]
            rate, channels = stream.rate, stream.channels
    except (av.FFmpegError, OSError) as error:
        raise UnreadableAudio(path, "it is no sound file") from error
    if not rate or not channels:
        raise UnreadableAudio(path, "there is no sound in it")
    return Sound(rate, channels, _ffmpeg_blocks(path))


def _ffmpeg_blocks(path: Path) -> Iterator[Samples]:
    import av

    try:
        with av.open(path) as container:
            planar = av.AudioResampler(format="fltp")  # rate and channels stay
            for frame in container.decode(audio=0):
                for block in planar.resample(frame):
                    yield block.to_ndarray().T.astype(np.float32, copy=False)  # (frames, channels)
    except (av.FFmpegError, OSError) as error:
        raise UnreadableAudio(path, _clause(error)) from error


def _at_rate(sound: Sound, rate: int) -> Iterator[Samples]:
    stream = Resampler(sound.rate, rate)
    for block in sound.blocks:
        yield stream.push(block)
    yield stream.finish()


def _clause(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
