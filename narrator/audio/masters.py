"""The formats that FFmpeg writes: M4B with chapters, Opus, FLAC."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

import numpy as np

from narrator.audio.encode import Put, SoundWriter
from narrator.audio.tagging import write_flac_tags, write_mp4_tags, write_opus_tags
from narrator.audio.watermark.grid import VoiceKind
from narrator.audio.watermark.marked import to_pcm
from narrator.disk import NO_ROOM
from narrator.errors import EncoderFailed
from narrator.speech import Samples

if TYPE_CHECKING:
    from av import AudioStream
    from av.container import OutputContainer

PER_SECOND = Fraction(1, 1000)  # of chapters' times


class _ByFfmpeg(SoundWriter):
    """A file that FFmpeg encodes, by its own names of container and codec.

    options: of the container, coder: of the codec. whole_numbers: whether it takes 16 bit. kbps: 0
    where it is lossless.
    """

    container: ClassVar[str]
    codec: ClassVar[str]
    whole_numbers: ClassVar[bool] = False
    kbps: ClassVar[int] = 0
    options: ClassVar[Mapping[str, str]] = {}
    coder: ClassVar[Mapping[str, str]] = {}

    @contextmanager
    def _encoder(self, temporary: Path) -> Iterator[Put]:
        import av

        with (
            _refusals(self.path),
            av.open(temporary, "w", format=self.container, options=dict(self.options)) as file,
        ):
            stream = cast(
                "AudioStream", file.add_stream(self.codec, self.rate, options=dict(self.coder))
            )
            stream.layout = "mono"
            if self.kbps:
                stream.bit_rate = 1000 * self.kbps
            yield lambda samples: self._mux(file, stream, samples)
            file.mux(stream.encode(None))
            self._finish(file)

    def _mux(self, file: "OutputContainer", stream: "AudioStream", samples: Samples) -> None:
        from av import AudioFrame

        made = to_pcm(samples) if self.whole_numbers else np.ascontiguousarray(samples)
        form = "s16" if self.whole_numbers else "flt"
        frame = AudioFrame.from_ndarray(made[np.newaxis], format=form, layout="mono")
        frame.sample_rate = self.rate
        frame.time_base = Fraction(1, self.rate)
        frame.pts = self._samples - len(samples)
        with _refusals(self.path):
            file.mux(stream.encode(frame))

    def _finish(self, file: "OutputContainer") -> None:
        """Say what only the whole sound tells; the container is closed after this."""


class M4bWriter(_ByFfmpeg):
    """An audiobook in MP4: AAC-LC, chapters as text track and as list, its index in front.

    The index is in memory until the end, some 6 MB for each hour of sound.
    """

    container = "ipod"
    codec = "aac"
    kbps = 64
    options: ClassVar[Mapping[str, str]] = {"movflags": "+faststart", "brand": "M4B "}
    # At 240 times real time on one core; the usual one at 60, and no nearer to the speech (18 dB).
    coder: ClassVar[Mapping[str, str]] = {"aac_coder": "fast"}

    def _finish(self, file: "OutputContainer") -> None:
        file.set_chapters(
            [
                {
                    "id": number,
                    "start": start,
                    "end": end,
                    "time_base": PER_SECOND,
                    "metadata": {"title": title},
                }
                for number, (title, start, end) in enumerate(self._chapters)
            ]
        )

    def _tag(self, temporary: Path, kind: VoiceKind) -> None:
        write_mp4_tags(temporary, self.tags, kind)


class OpusWriter(_ByFfmpeg):
    """Opus in Ogg, which keeps all that speech at 24 kHz holds."""

    container = "opus"
    codec = "libopus"
    kbps = 64

    def _tag(self, temporary: Path, kind: VoiceKind) -> None:
        write_opus_tags(temporary, self.tags, kind)


class FlacWriter(_ByFfmpeg):
    """FLAC, 16 bit: nothing is lost but what lies below the 16 bits."""

    container = "flac"
    codec = "flac"
    whole_numbers = True

    def _tag(self, temporary: Path, kind: VoiceKind) -> None:
        write_flac_tags(temporary, self.tags, kind)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """Turn FFmpeg's errors into the program's; a disk that is full into the system's own error."""
    from av import FFmpegError

    try:
        yield
    except FFmpegError as error:
        if error.errno in NO_ROOM or isinstance(error, OSError):
            raise OSError(error.errno or errno.EIO, error.strerror, str(path)) from error
        raise EncoderFailed(path, f"the encoder refused it ({error.strerror})") from error
