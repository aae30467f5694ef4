"""What happens to sound on its way: codecs, rates, noise, a room, another speed; mono at 24 kHz.

Each attack takes and gives float32 (n,) at 24 kHz; only speed and tempo change the length.
Factors of speed and tempo lie half-way between two steps of the detector's search: its worst case.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from io import BytesIO

import av
import numpy as np
from numpy.typing import NDArray

from narrator.audio.resample import resampled
from narrator.speech import SAMPLE_RATE, Samples

Attack = Callable[[Samples, np.random.Generator], Samples]

# Container, encoder, rate it works at.
MP3 = ("mp3", "libmp3lame", 44_100)
AAC = ("adts", "aac", 44_100)
OPUS = ("ogg", "libopus", 48_000)
LAME_SPEED = "7"  # as the program's own files are made
ROOM_SECONDS, ROOM_TAIL = 0.35, 0.25  # RT60, and the norm of what follows the direct sound
PHONE_HZ = (300.0, 3_400.0)


def untouched(sound: Samples, rng: np.random.Generator) -> Samples:
    """Give the sound as it was made."""
    return sound


def coded(
    sound: Samples, rng: np.random.Generator, *, codec: tuple[str, str, int], kbps: int
) -> Samples:
    """Encode and decode at a constant bit rate, in memory; what the encoder put before stays."""
    form, encoder, rate = codec
    memory = BytesIO()
    with av.open(memory, "w", format=form) as container:
        stream = container.add_stream(encoder, rate=rate)
        stream.bit_rate = kbps * 1000
        stream.layout = "mono"
        stream.options = {"compression_level": LAME_SPEED} if encoder == "libmp3lame" else {}
        frame = av.AudioFrame.from_ndarray(_pcm(resampled(sound, SAMPLE_RATE, rate)), "s16", "mono")
        frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
        fifo = av.AudioFifo()
        fits = av.AudioResampler(stream.format.name, "mono", rate)
        for part in fits.resample(frame):
            fifo.write(part)
        size = stream.codec_context.frame_size or 1152
        while (block := fifo.read(size, partial=True)) is not None:
            container.mux(stream.encode(block))
        container.mux(stream.encode(None))
    memory.seek(0)
    with av.open(memory) as container:
        plain = av.AudioResampler("flt", "mono", SAMPLE_RATE)
        blocks = [
            part.to_ndarray()[0]
            for decoded in [*container.decode(audio=0), None]
            for part in plain.resample(decoded)
        ]
    return np.concatenate(blocks)[: len(sound)]


def at_rate(sound: Samples, rng: np.random.Generator, *, rate: int) -> Samples:
    """Take the sound to a lower rate and back."""
    return resampled(resampled(sound, SAMPLE_RATE, rate), rate, SAMPLE_RATE)[: len(sound)]


def noisy(sound: Samples, rng: np.random.Generator, *, db: float) -> Samples:
    """Add white Gaussian noise so many dB below the power of the whole sound."""
    power = np.mean(np.square(sound, dtype=np.float64)) * 10 ** (-db / 10)
    return (sound + rng.normal(0, np.sqrt(power), len(sound))).astype(np.float32)


def in_a_room(sound: Samples, rng: np.random.Generator) -> Samples:
    """Let a room answer: exponentially decaying noise behind the direct sound, a new one a time."""
    count = int(ROOM_SECONDS * SAMPLE_RATE)
    tail = rng.normal(0, 1, count) * 10 ** (-3 * np.arange(count) / count)
    answer = np.concatenate([[1.0], ROOM_TAIL * tail / np.linalg.norm(tail)])
    return _filtered(sound, answer)


def on_the_phone(sound: Samples, rng: np.random.Generator) -> Samples:
    """Keep the band of a telephone alone."""
    spectrum = np.fft.rfft(sound)
    hz = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    spectrum[(hz < PHONE_HZ[0]) | (hz > PHONE_HZ[1])] = 0
    return np.fft.irfft(spectrum, len(sound)).astype(np.float32)


def turned_down(sound: Samples, rng: np.random.Generator, *, db: float) -> Samples:
    """Turn the sound down and round it to 16 bit."""
    return (_pcm(sound * np.float32(10 ** (-db / 20)))[0] / 32768).astype(np.float32)


def faster(sound: Samples, rng: np.random.Generator, *, by: float) -> Samples:
    """Play the sound so many times as fast, pitch with it."""
    return resampled(sound, round(SAMPLE_RATE * by), SAMPLE_RATE)


def stretched(sound: Samples, rng: np.random.Generator, *, by: float) -> Samples:
    """Play the sound so many times as fast at its own pitch, as players do (WSOLA of FFmpeg)."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(
        format="flt", sample_rate=SAMPLE_RATE, layout="mono", time_base=Fraction(1, SAMPLE_RATE)
    )
    tempo, sink = graph.add("atempo", str(by)), graph.add("abuffersink")
    source.link_to(tempo)
    tempo.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound[None]), "flt", "mono")
    frame.sample_rate, frame.pts = SAMPLE_RATE, 0
    graph.push(frame)
    graph.push(None)
    blocks = []
    while True:
        try:
            blocks.append(graph.pull().to_ndarray()[0])
        except (av.EOFError, BlockingIOError):
            return np.concatenate(blocks)


def one_after_the_other(sound: Samples, rng: np.random.Generator, *attacks: Attack) -> Samples:
    """Attack several times."""
    for attack in attacks:
        sound = attack(sound, rng)
    return sound


def _filtered(sound: Samples, answer: NDArray[np.float64]) -> Samples:
    size = len(sound) + len(answer) - 1
    spectrum = np.fft.rfft(sound, size) * np.fft.rfft(answer, size)
    return np.fft.irfft(spectrum, size)[: len(sound)].astype(np.float32)


def _pcm(sound: Samples) -> NDArray[np.int16]:
    return np.clip(np.rint(sound[None] * 32768), -32768, 32767).astype(np.int16)


MP3_64 = partial(coded, codec=MP3, kbps=64)
KHZ_16 = partial(at_rate, rate=16_000)
NOISE_20 = partial(noisy, db=20.0)

PLAIN: dict[str, Attack] = {
    "none": untouched,
    "MP3 64k": MP3_64,
    "AAC 64k": partial(coded, codec=AAC, kbps=64),
    "16 kHz": KHZ_16,
    "noise 20 dB": NOISE_20,
    "room": in_a_room,
    "-12 dB, 16 bit": partial(turned_down, db=12.0),
    "telephone band": on_the_phone,
    "8 kHz": partial(at_rate, rate=8_000),
    "MP3 32k": partial(coded, codec=MP3, kbps=32),
    "Opus 32k": partial(coded, codec=OPUS, kbps=32),
    "Opus 16k": partial(coded, codec=OPUS, kbps=16),
    "MP3 64k + noise 20 dB + 16 kHz": lambda sound, rng: one_after_the_other(
        sound, rng, MP3_64, NOISE_20, KHZ_16
    ),
    "noise 10 dB": partial(noisy, db=10.0),
}
OF_SPEED: dict[str, Attack] = {
    "speed +5.25 %": partial(faster, by=1.0525),
    "speed -5.25 %": partial(faster, by=0.9475),
    "tempo +10.25 %": partial(stretched, by=1.1025),
    "tempo -10.25 %": partial(stretched, by=0.8975),
}
