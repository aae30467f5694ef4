"""The reference of the bench is Tacotron 2 indeed: shapes, attention, one frame after the other."""

import pytest
import torch
from tacotron2.attention import duration_alignment, walk_of
from tacotron2.model import MELS, Tacotron2, Tacotron2Config
from tacotron2.train import guided_attention
from torch import nn

SYMBOLS = torch.tensor([[1, 2, 3, 4, 5], [6, 7, 8, 0, 0]])


def tiny(reduction: int = 1) -> Tacotron2:
    torch.manual_seed(1)
    return Tacotron2(
        Tacotron2Config(
            symbols=9, width=8, attention=4, location_filters=2, location_kernel=5,
            pre_net=8, decoder=16, post_net=8, post_net_convs=2, reduction=reduction,
        )
    ).eval()  # fmt: skip


@pytest.mark.parametrize("reduction", [1, 3])
def test_it_gives_as_many_frames_as_it_is_fed(reduction: int) -> None:
    made = tiny(reduction)(SYMBOLS, torch.randn(2, MELS, 12))
    assert made.mel.shape == made.before.shape == (2, MELS, 12)
    assert made.stop.shape == (2, 12 // reduction)
    assert made.attention.shape == (2, 12 // reduction, 5)


@pytest.mark.parametrize("reduction", [1, 3])
def test_it_speaks_exactly_the_frames_that_are_forced(reduction: int) -> None:
    assert tiny(reduction).speak(SYMBOLS[:1], frames=7).mel.shape == (1, MELS, 7)


def test_it_stops_when_the_stop_token_says_so() -> None:
    model = tiny()
    nn.init.constant_(model.stop.bias, 100.0)
    assert model.speak(SYMBOLS[:1]).mel.shape[2] == 1


def test_attention_sums_to_one_and_never_falls_on_padding() -> None:
    attention = tiny()(SYMBOLS, torch.randn(2, MELS, 6)).attention
    assert torch.allclose(attention.sum(dim=2), torch.ones(2, 6))
    assert (attention[1, :, 3:] == 0).all()
    assert (attention[0] > 0).all()


def test_a_frame_hears_those_before_it_and_none_after() -> None:
    model = tiny()
    model.pre_net.dropout = 0.0
    mel = torch.randn(1, MELS, 6)
    changed = mel.clone()
    changed[..., 3] += 5.0
    one, other = (model(SYMBOLS[:1], heard).before for heard in (mel, changed))
    assert torch.equal(one[..., :4], other[..., :4])
    assert not torch.allclose(one[..., 4:], other[..., 4:])


def test_speaking_is_being_fed_ones_own_frames() -> None:
    model = tiny()
    model.pre_net.dropout = 0.0
    spoken = model.speak(SYMBOLS[:1], frames=6)
    fed = model(SYMBOLS[:1], spoken.before)
    assert torch.allclose(fed.mel, spoken.mel, atol=1e-4)


def test_padding_does_not_change_a_sentence() -> None:
    model = tiny()
    model.pre_net.dropout = 0.0
    mel = torch.randn(2, MELS, 6)
    together = model(SYMBOLS, mel).mel[1:]
    assert torch.allclose(model(SYMBOLS[1:, :3], mel[1:]).mel, together, atol=1e-4)


def test_every_weight_learns() -> None:
    model = tiny().train()
    made = model(SYMBOLS, torch.randn(2, MELS, 6))
    (made.mel.square().mean() + made.stop.square().mean()).backward()
    assert not [name for name, weight in model.named_parameters() if weight.grad is None]


def test_it_is_as_large_as_the_papers() -> None:
    config = Tacotron2Config(symbols=64)
    assert (config.width, config.decoder, config.pre_net, config.post_net) == (512, 1024, 256, 512)
    assert (config.attention, config.location_filters, config.location_kernel) == (128, 32, 31)
    assert (config.encoder_convs, config.post_net_convs, config.kernel) == (3, 5, 5)
    assert config.reduction == 1
    assert [cell.weight_ih.shape for cell in tiny().cells] == [(64, 8 + 8), (64, 16)]


def test_guided_attention_wants_the_diagonal() -> None:
    diagonal = torch.eye(8)[None]
    length = torch.tensor([8])
    assert guided_attention(diagonal, length, length) < 1e-6
    assert guided_attention(diagonal.flip(1), length, length) > 0.5
    half = torch.zeros(1, 8, 8)
    half[0, :4, :4] = torch.eye(4)
    assert guided_attention(half, torch.tensor([4]), torch.tensor([4])) < 1e-6


def test_a_walk_knows_jumps_and_the_end() -> None:
    steady, silent = torch.eye(6), torch.full((6,), -9.0)
    assert walk_of(steady, silent) == (1.0, 0, 1.0, False)
    assert walk_of(steady[[0, 1, 0, 1, 2, 3]], silent + 18).jumps == 1
    assert walk_of(steady[[0, 5]], silent[:2]).jumps == 1


def test_durations_look_like_attention() -> None:
    assert duration_alignment([1, 0, 2]).tolist() == [[1, 0, 0], [0, 0, 1], [0, 0, 1]]
