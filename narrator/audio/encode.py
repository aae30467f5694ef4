"""The only place where sound files are written; it takes MarkedAudio and nothing else.

Each file says that its voice is synthetic, by the marks in what was written and by no option.
"""

import wave
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from narrator.audio.mp3 import frame_bytes, info_frame
from narrator.audio.resample import Resampler
from narrator.audio.tags import Tags, label_flac, label_wav, write_id3
from narrator.audio.watermark import MarkedAudio, to_pcm
from narrator.audio.watermark_grid import VoiceKind
from narrator.disk import atomic_path
from narrator.errors import EncoderFailed
from narrator.speech import Samples

# LAME at this step runs at 400 times real time, at its step 2 at 130; 50 dB of signal to noise
# either way, because 192 kbit/s are far more than mono speech needs.
LAME_SPEED = 7


class Mp3Writer:
    """An MP3 file, mono, at constant bit rate, written while it is being spoken.

    Use it in a `with` statement: under `path` appears the whole tagged file when the block ends
    well, and nothing when it does not. kbps, rate: of MPEG-1 layer III, else ValueError. Leaving
    the block raises DiskFull, FolderNotWritable, or EncoderFailed when nothing was written. The
    decoded file is as long as what was written, to the sample; LAME turns it down by 0.26 dB.
    """

    def __init__(
        self, path: Path, *, tags: Tags | None = None, kbps: int = 192, rate: int = 44_100
    ) -> None:
        frame_bytes(kbps, rate)
        self.path = path
        self.tags = tags
        self.kbps = kbps
        self.rate = rate
        self._session = self._open()
        self._stream: Resampler | None = None
        self._samples = 0
        self._kind = VoiceKind.STOCK

    def __enter__(self) -> Self:
        self._session.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool | None:
        return self._session.__exit__(kind, error, trace)

    @property
    def seconds(self) -> float:
        """How much sound the file holds so far, but for some samples in the resampler."""
        return self._samples / self.rate

    def write(self, block: MarkedAudio) -> None:
        """Add the next sound; all blocks must have one rate, else ValueError."""
        require_marked(block)
        if self._stream is None:
            self._stream = Resampler(block.rate, self.rate)
        if block.rate != self._stream.from_rate:
            raise ValueError(f"{block.rate} Hz in a stream at {self._stream.from_rate} Hz")
        self._kind = _kind(self._kind, block)
        self._encode(self._stream.push(block.samples))

    @contextmanager
    def _open(self) -> Iterator[None]:
        import lameenc

        self._lame = lameenc.Encoder()
        self._lame.silence()
        self._lame.set_bit_rate(self.kbps)
        self._lame.set_in_sample_rate(self.rate)
        self._lame.set_channels(1)
        self._lame.set_quality(LAME_SPEED)
        opening = frame_bytes(self.kbps, self.rate)
        with atomic_path(self.path) as temporary:
            with temporary.open("wb") as self._file:
                self._file.write(bytes(opening))
                yield
                self._finish(self._file, opening)
            write_id3(temporary, self.tags, self._kind)

    def _encode(self, samples: Samples) -> None:
        if len(samples):
            self._samples += len(samples)
            self._file.write(self._lame.encode(to_pcm(samples).astype("<i2").tobytes()))

    def _finish(self, file: BinaryIO, opening: int) -> None:
        if self._stream:
            self._encode(self._stream.finish())
        if not self._samples:
            raise EncoderFailed(self.path, "there was no sound to write")
        file.write(self._lame.flush())
        stream_bytes = file.tell() - opening
        file.seek(0)
        file.write(
            info_frame(
                samples=self._samples, stream_bytes=stream_bytes, kbps=self.kbps, rate=self.rate
            )
        )


def write_wav(path: Path, blocks: Iterable[MarkedAudio]) -> None:
    """Write a WAV file, 16 bit, mono, at the rate of the blocks, as a stream.

    Raises DiskFull, FolderNotWritable, or EncoderFailed when there is no sound; ValueError when the
    rates differ.
    """
    stream = iter(blocks)
    try:
        first = next(stream)
    except StopIteration:
        raise EncoderFailed(path, "there was no sound to write") from None
    require_marked(first)
    kind = VoiceKind.STOCK
    with atomic_path(path) as temporary:
        with wave.open(str(temporary), "wb") as file:
            file.setparams((1, 2, first.rate, 0, "NONE", "not compressed"))
            for block in chain([first], stream):
                require_marked(block)
                if block.rate != first.rate:
                    raise ValueError(f"{block.rate} Hz in a stream at {first.rate} Hz")
                kind = _kind(kind, block)
                file.writeframes(to_pcm(block.samples).astype("<i2").tobytes())
        label_wav(temporary, kind)


def write_flac(path: Path, audio: MarkedAudio, *, comment: str) -> None:
    """Write one sentence as FLAC, 16 bit, mono, with `comment`, not empty, in its comment field.

    Raises DiskFull, FolderNotWritable, or EncoderFailed when the encoder refuses it.
    """
    require_marked(audio)
    import soundfile

    encoded = BytesIO()  # libsndfile tells of no full disk, a file of Python's own does
    shape = {"samplerate": audio.rate, "channels": 1, "format": "FLAC", "subtype": "PCM_16"}
    try:
        with soundfile.SoundFile(encoded, "w", **shape) as file:
            file.comment = comment
            file.write(to_pcm(audio.samples))
    except soundfile.SoundFileError as error:
        raise EncoderFailed(path, str(error)) from error
    label_flac(encoded, path, audio.mark.kind)
    # Syncing takes longer than speaking a short sentence; a digest guards what is kept.
    with atomic_path(path, synced=False) as temporary:
        temporary.write_bytes(encoded.getbuffer())


def require_marked(block: MarkedAudio) -> None:
    """Refuse anything but MarkedAudio with TypeError: the door before each writer and player."""
    if type(block) is not MarkedAudio:
        raise TypeError(f"only MarkedAudio may be heard, not {type(block).__name__}")


def _kind(known: VoiceKind, block: MarkedAudio) -> VoiceKind:
    """Give the kind of what is written so far: a replica once one has spoken."""
    return VoiceKind.REPLICA if block.mark.kind is VoiceKind.REPLICA else known
