"""Where sound becomes a file; what takes it takes MarkedAudio and nothing else.

Each file says that its voice is synthetic, by the marks in what was written and by no option. The
formats that FFmpeg writes are in `masters`, behind the same `SoundWriter.write`.
"""

import wave
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from io import BytesIO
from itertools import chain, pairwise
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from narrator.audio.mp3 import frame_bytes, info_frame
from narrator.audio.resample import Resampler
from narrator.audio.tagging import label_flac, write_id3, write_wav_tags
from narrator.audio.tags import ChapterMark, Tags, chapter_title
from narrator.audio.watermark.grid import VoiceKind
from narrator.audio.watermark.marked import MarkedAudio, to_pcm
from narrator.disk import atomic_path
from narrator.errors import EncoderFailed
from narrator.speech import SAMPLE_RATE, Samples

# LAME at this step runs at 400 times real time, at its step 2 at 130; 50 dB of signal to noise
# either way, because 192 kbit/s are far more than mono speech needs.
LAME_SPEED = 7

Put = Callable[[Samples], object]


class _Began(NamedTuple):
    title: str
    at: float


class SoundWriter(ABC):
    """A sound file, mono, written while it is being spoken, in flat memory.

    Use it in a `with` statement: under `path` appears the whole tagged file when the block ends
    well, and nothing when it does not. rate: Hz, in the file. Leaving the block raises DiskFull,
    FolderNotWritable, or EncoderFailed, also when nothing was written.
    """

    def __init__(self, path: Path, *, tags: Tags | None = None, rate: int = SAMPLE_RATE) -> None:
        self.path = path
        self.tags = tags
        self.rate = rate
        self._session = self._open()
        self._stream: Resampler | None = None
        self._pushed = 0
        self._samples = 0
        self._ended = False
        self._kind = VoiceKind.STOCK
        self._began: list[_Began] = []

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
        """How much sound was written, to the sample."""
        return self._pushed / self._stream.from_rate if self._stream else 0.0

    def write(self, block: MarkedAudio) -> None:
        """Add the next sound; all blocks must have one rate, else ValueError."""
        require_marked(block)
        if self._stream is None:
            self._stream = Resampler(block.rate, self.rate)
        if block.rate != self._stream.from_rate:
            raise ValueError(f"{block.rate} Hz in a stream at {self._stream.from_rate} Hz")
        self._kind = _kind(self._kind, block)
        self._pushed += len(block.samples)
        self._take(self._stream.push(block.samples))

    def begin_chapter(self, title: str) -> None:
        """Say that a chapter begins with what is written next, for formats that hold chapters."""
        self._began.append(_Began(chapter_title(title), self.seconds))

    def end(self) -> None:
        """Say that no more sound follows, so that what the encoder holds in memory is free."""
        if not self._ended:
            self._ended = True
            if self._stream:
                self._take(self._stream.finish())
            if not self._samples:
                raise EncoderFailed(self.path, "there was no sound to write")
            self._encoding.close()

    def rename(self, path: Path, tags: Tags | None) -> None:
        """Give it a name in the same folder, and tags, that are known only once all is written."""
        self.path = path
        self.tags = tags

    @abstractmethod
    def _encoder(self, temporary: Path) -> AbstractContextManager[Put]:
        """Give what takes samples (n,) at `rate`; when the block ends well, the file is whole."""

    @abstractmethod
    def _tag(self, temporary: Path, kind: VoiceKind) -> None:
        """Put the tags into the whole file."""

    @property
    def _chapters(self) -> list[ChapterMark]:
        """The chapters; the first begins at 0 and each ends where the next begins."""
        times = [0, *(round(1000 * began.at) for began in self._began[1:])]
        bounds = pairwise([*times, round(1000 * self.seconds)])
        return [
            ChapterMark(began.title, start, end)
            for began, (start, end) in zip(self._began, bounds, strict=bool(self._began))
        ]

    @contextmanager
    def _open(self) -> Iterator[None]:
        with (
            atomic_path(self.path, renamed=lambda: self.path) as temporary,
            ExitStack() as self._encoding,
        ):
            self._put = self._encoding.enter_context(self._encoder(temporary))
            yield
            self.end()
            self._tag(temporary, self._kind)

    def _take(self, samples: Samples) -> None:
        if len(samples):
            self._samples += len(samples)
            self._put(samples)


class Mp3Writer(SoundWriter):
    """An MP3 file at constant bit rate, its chapters in ID3 frames.

    kbps, rate: of MPEG-1 layer III, else ValueError. The decoded file is as long as what was
    written, to the sample; LAME turns it down by 0.26 dB.
    """

    def __init__(
        self, path: Path, *, tags: Tags | None = None, kbps: int = 192, rate: int = 44_100
    ) -> None:
        frame_bytes(kbps, rate)
        super().__init__(path, tags=tags, rate=rate)
        self.kbps = kbps

    @contextmanager
    def _encoder(self, temporary: Path) -> Iterator[Put]:
        import lameenc

        lame = lameenc.Encoder()
        lame.silence()
        lame.set_bit_rate(self.kbps)
        lame.set_in_sample_rate(self.rate)
        lame.set_channels(1)
        lame.set_quality(LAME_SPEED)
        opening = frame_bytes(self.kbps, self.rate)
        with temporary.open("wb") as file:
            file.write(bytes(opening))
            yield lambda samples: file.write(lame.encode(_pcm(samples)))
            file.write(lame.flush())
            stream_bytes = file.tell() - opening
            file.seek(0)
            file.write(
                info_frame(
                    samples=self._samples,
                    stream_bytes=stream_bytes,
                    kbps=self.kbps,
                    rate=self.rate,
                )
            )

    def _tag(self, temporary: Path, kind: VoiceKind) -> None:
        write_id3(temporary, self.tags, kind, self._chapters)


class WavWriter(SoundWriter):
    """A WAV file, 16 bit; it holds 4 GiB at most, a day of sound at 24 kHz."""

    @contextmanager
    def _encoder(self, temporary: Path) -> Iterator[Put]:
        with wave.open(str(temporary), "wb") as file:
            file.setparams((1, 2, self.rate, 0, "NONE", "not compressed"))
            yield lambda samples: file.writeframes(_pcm(samples))

    def _tag(self, temporary: Path, kind: VoiceKind) -> None:
        write_wav_tags(temporary, self.tags, kind)


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
    with WavWriter(path, rate=first.rate) as writer:
        for block in chain([first], stream):
            writer.write(block)


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


def _pcm(samples: Samples) -> bytes:
    return to_pcm(samples).astype("<i2", copy=False).tobytes()
