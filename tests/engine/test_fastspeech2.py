import pytest
import tiny
import torch

from narrator.engine.fastspeech2 import (
    HIGHEST_TONE,
    LOWEST_TONE,
    TONES,
    length_regulator,
    place_in_phoneme,
    tone_features,
)
from narrator.text.symbols import INDEX


def test_each_state_is_repeated_for_its_frames() -> None:
    hidden = torch.arange(6.0).view(2, 3, 1)
    frames, counts = length_regulator(hidden, torch.tensor([[2, 0, 1], [1, 1, 0]]))
    assert frames[..., 0].tolist() == [[0, 0, 2], [3, 4, 0]]
    assert counts.tolist() == [3, 2]


def test_a_negative_duration_is_refused() -> None:
    with pytest.raises(ValueError, match="no frame"):
        length_regulator(torch.zeros(1, 2, 4), torch.tensor([[1, -1]]))


def test_a_frame_knows_where_in_its_phoneme_it_stands() -> None:
    places = place_in_phoneme(torch.tensor([[2, 4]]), torch.tensor([[True, True]]))
    assert places.shape == (1, 6, 3)
    assert places[0, :, 0].tolist() == pytest.approx([0.25, 0.75, 0.125, 0.375, 0.625, 0.875])


def test_a_tone_is_shared_among_its_neighbours_and_an_unvoiced_frame_has_none() -> None:
    step = (HIGHEST_TONE - LOWEST_TONE) / (TONES - 1)
    contour = torch.tensor([[LOWEST_TONE + 20 * step, LOWEST_TONE + 20.5 * step, 5.0]])
    found = tone_features(contour, torch.tensor([[1.0, 1.0, 0.0]]))
    assert found.shape == (1, 3, TONES + 1)
    assert found[0, 0, :-1].argmax() == 20
    assert found[0, 1, 20] == pytest.approx(found[0, 1, 21].item(), rel=1e-3)
    assert found[0, :, :-1].sum(dim=1).tolist() == pytest.approx([1, 1, 0])
    assert found[0, :, -1].tolist() == [1, 1, 0]


def spoken(symbols: torch.Tensor, durations: torch.Tensor) -> torch.Tensor:
    speech = tiny.model().acoustic
    voice = torch.linspace(-1, 1, tiny.VOICE).expand(len(symbols), -1)
    with torch.inference_mode():
        manner = speech.manner(voice)
        hidden, mask = speech.encode(symbols, manner)
        predicted = speech.predict(hidden, manner, mask)
        voiced = (predicted.voiced > 0).float() * mask
        contour = torch.full((len(symbols), int(durations.sum(dim=1).max())), 5.0)
        mel, _ = speech.decode(
            hidden, manner, mask, durations, contour, voiced, predicted.energy * mask
        )
    return mel


def test_a_sentence_sounds_the_same_alone_and_in_a_batch() -> None:
    long = [INDEX[symbol] for symbol in tiny.PHONEMES.symbols]
    short = long[:6]
    batch = torch.tensor([long, short + [0] * (len(long) - len(short))])
    durations = (batch != 0) * 3
    alone = spoken(torch.tensor([short]), torch.full((1, len(short)), 3))
    together = spoken(batch, durations)[1:, :, : alone.shape[2]]
    assert torch.allclose(alone, together, atol=1e-4)


def test_two_sentences_of_one_row_sound_as_each_alone() -> None:
    first = [INDEX[symbol] for symbol in tiny.PHONEMES.symbols]
    second = first[2:8]
    row = torch.tensor([[*first, 0, *second]])
    durations = torch.full_like(row, 3)
    frames = 3 * len(first)
    both = spoken(row, durations)
    for symbols, mel in ((first, both[..., :frames]), (second, both[..., frames + 3 :])):
        alone = spoken(torch.tensor([symbols]), torch.full((1, len(symbols)), 3))
        assert torch.allclose(alone, mel, atol=1e-4)


def test_another_voice_changes_the_sound() -> None:
    speech = tiny.model().acoustic
    symbols = torch.tensor([[INDEX[symbol] for symbol in tiny.PHONEMES.symbols]])
    with torch.inference_mode():
        low, high = (
            speech.encode(symbols, speech.manner(torch.full((1, tiny.VOICE), value)))[0]
            for value in (-1.0, 1.0)
        )
    assert not torch.allclose(low, high, atol=1e-3)


def test_a_voice_and_its_offsets_decide_the_manner() -> None:
    speech = tiny.model().acoustic
    voice = torch.linspace(-1, 1, tiny.VOICE)[None]
    offsets = torch.randn(1, speech.steering, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        plain = speech.manner(voice)
        steered = speech.manner(torch.cat([voice, offsets], dim=1))
    assert plain.shape == (1, speech.steering)
    assert torch.allclose(steered, plain + offsets)


def test_each_norm_listens_to_its_own_part_of_a_manner() -> None:
    speech = tiny.model().acoustic
    norms = speech.norms()
    x = torch.randn(1, 3, tiny.SPEECH.width, generator=torch.Generator().manual_seed(0))
    plain = torch.zeros(1, speech.steering)
    for place, norm in enumerate(norms):
        manner = plain.clone()
        manner[:, norm.place] = 1.0
        with torch.inference_mode():
            moved = [not torch.equal(other(x, manner), other(x, plain)) for other in norms]
        assert moved == [other == place for other in range(len(norms))]
    assert sum(norm.affine.out_features for norm in norms) == speech.steering


def test_a_norm_gives_one_voice_what_it_gives_it_among_others() -> None:
    norm = tiny.model().acoustic.norms()[0]
    chance = torch.Generator().manual_seed(0)
    x = torch.randn(2, 3, tiny.SPEECH.width, generator=chance)
    manners = torch.randn(2, tiny.model().acoustic.steering, generator=chance)
    with torch.inference_mode():
        together = norm(x, manners)
        alone = torch.cat([norm(x[n : n + 1], manners[n : n + 1]) for n in (0, 1)])
    assert torch.allclose(together, alone, atol=1e-5)
