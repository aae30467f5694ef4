"""Sound that behaves like speech: pulses and hiss through moving resonances, syllables, pauses."""

import numpy as np

RATE = 24_000


def speechlike(seconds: float, seed: int = 0) -> np.ndarray:
    """Give float32 samples (n,) at 24 kHz, peak 0.5, the same for the same seed."""
    rng = np.random.default_rng(seed)
    count = int(seconds * RATE)
    frames = count // 240 + 1  # 10 ms
    pitch = np.repeat(120 * np.exp(np.cumsum(rng.normal(0, 0.01, frames)).clip(-0.4, 0.4)), 240)
    phase = np.cumsum(pitch[:count] / RATE)
    pulses = np.diff(np.floor(phase), prepend=0.0)
    sound = np.zeros(count)
    syllable = int(0.16 * RATE)
    for start in range(0, count, syllable):
        kind = rng.random()
        if kind < 0.12:
            continue  # a pause
        source = pulses[start : start + 2 * syllable] if kind < 0.75 else None
        length = min(2 * syllable, count - start)
        source = source if source is not None else rng.normal(0, 0.05, length)
        hz = np.fft.rfftfreq(length, 1 / RATE)
        formants = rng.uniform((300, 900, 2200, 3300), (800, 2000, 3000, 4500))
        shape = sum(1 / (1 + ((hz - f) / (40 + 0.05 * f)) ** 2) for f in formants)
        voiced = np.fft.irfft(np.fft.rfft(source) * (shape + 0.01), length)
        sound[start : start + length] += voiced * np.hanning(length) * rng.uniform(0.3, 1)
    sound += rng.normal(0, 1e-4, count) * np.max(np.abs(sound))
    return (0.5 * sound / np.max(np.abs(sound))).astype(np.float32)
