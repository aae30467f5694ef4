import numpy as np
import pytest
import torch
from spoken import SPEAKERS, TRAINED, Said, quiet
from torchaudio.functional import resample

from narrator.engine.align import ALIGNER_RATE, Aligner, Alignment, Refused
from narrator.speech import FRAMES_PER_SECOND, HOP, SAMPLE_RATE, Phonemes, Samples
from narrator.training.prepare import phonemes_of

pytestmark = pytest.mark.slow
OLD_MAN, LETTER, *_ = TRAINED
Spoken = dict[tuple[str, str], Said]


@pytest.fixture(scope="module")
def aligner() -> Aligner:
    return Aligner()


def aligned(aligner: Aligner, samples: Samples, phonemes: Phonemes) -> Alignment | Refused:
    narrow = resample(torch.tensor(samples), SAMPLE_RATE, ALIGNER_RATE).numpy()
    pcm = (narrow / np.abs(narrow).max() * 20_000).astype(np.int16)
    return aligner.align(pcm, phonemes, len(samples) // HOP)


@pytest.mark.parametrize("speaker", SPEAKERS)
@pytest.mark.parametrize("text", TRAINED)
def test_each_phoneme_is_found_where_it_was_spoken(
    aligner: Aligner, said: Spoken, speaker: str, text: str
) -> None:
    sound = said[speaker, text]
    found = aligned(aligner, sound.samples, sound.phonemes)
    assert isinstance(found, Alignment), found
    assert found.durations.sum() == len(sound.samples) // HOP
    assert len(found.durations) == len(sound.phonemes.symbols)
    apart = np.abs(np.cumsum(found.durations) - np.cumsum(sound.frames))
    assert apart.mean() / FRAMES_PER_SECOND < 0.04
    assert apart.max() / FRAMES_PER_SECOND < 0.2


def test_a_silence_falls_to_the_comma_and_not_to_a_phoneme(aligner: Aligner, said: Spoken) -> None:
    sound = said["kathleen", LETTER]
    comma = sound.phonemes.symbols.index(",")
    cut = (sound.edge(comma) + sound.edge(comma + 1)) // 2
    longer = np.concatenate([sound.samples[:cut], quiet(0.5), sound.samples[cut:]])
    found = aligned(aligner, longer, sound.phonemes)
    assert isinstance(found, Alignment), found
    assert found.durations.sum() == len(longer) // HOP
    assert found.durations[comma] >= 0.45 * FRAMES_PER_SECOND
    for beside in (comma - 1, comma + 1):
        assert found.durations[beside] - sound.frames[beside] < 0.1 * FRAMES_PER_SECOND


def test_silence_at_both_ends_falls_to_the_opening_and_the_ending(
    aligner: Aligner, said: Spoken
) -> None:
    sound = said["rowan", OLD_MAN]
    longer = np.concatenate([quiet(0.4), sound.samples, quiet(0.4)])
    found = aligned(aligner, longer, sound.phonemes)
    assert isinstance(found, Alignment), found
    assert found.durations[[0, -1]].min() >= 0.35 * FRAMES_PER_SECOND


@pytest.mark.parametrize(
    "text",
    [
        "Yes.",
        "The government published a report about industrial electricity prices this afternoon, "
        "and nobody in the whole department had anything to say about it.",
    ],
)
def test_a_text_that_was_not_said_is_refused(aligner: Aligner, said: Spoken, text: str) -> None:
    found = aligned(aligner, said["kathleen", OLD_MAN].samples, phonemes_of(text))
    assert isinstance(found, Refused), found
    assert found.reason


def test_a_clip_without_speech_is_refused(aligner: Aligner) -> None:
    found = aligned(aligner, quiet(2.0), phonemes_of(OLD_MAN))
    assert isinstance(found, Refused), found


def test_an_aligner_that_refused_a_clip_aligns_the_next(aligner: Aligner, said: Spoken) -> None:
    sound = said["kathleen", OLD_MAN]
    assert isinstance(aligned(aligner, sound.samples, phonemes_of("Yes.")), Refused)
    first, second = (aligned(aligner, sound.samples, sound.phonemes) for _ in range(2))
    assert isinstance(first, Alignment)
    assert isinstance(second, Alignment)
    assert abs(first.durations - second.durations).max() <= 2
