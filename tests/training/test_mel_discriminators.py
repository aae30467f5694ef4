import torch

from narrator.engine.config import MELS
from narrator.training.mel_discriminators import PROSODY_FEATURES, AcousticJudges, Shown


def shown(seed: int, *, variance: float) -> Shown:
    chance = torch.Generator().manual_seed(seed)
    return Shown(
        torch.randn(4, MELS, 64, generator=chance) * variance - 5,
        torch.full((4, 64), 150.0),
        torch.randn(4, 12, PROSODY_FEATURES, generator=chance) * variance,
        torch.zeros(4, 12, 16),
        torch.zeros(4, 8),
    )


def test_judges_learn_to_tell_the_blurred_from_the_real_one() -> None:
    torch.manual_seed(0)
    judges = AcousticJudges(hidden=16, voice=8)
    learning = torch.optim.AdamW(judges.parameters(), lr=3e-3)
    losses = []
    for step in range(60):
        loss = judges.learn(shown(step, variance=1.0), shown(100 + step, variance=0.3))
        learning.zero_grad()
        loss.backward()
        learning.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 2


def test_the_model_hears_what_gave_it_away_and_the_judges_do_not_learn_from_it() -> None:
    judges = AcousticJudges(hidden=16, voice=8)
    real, made = shown(1, variance=1.0), shown(2, variance=0.3)
    made.mel.requires_grad_()
    made.prosody.requires_grad_()
    sum(judges.persuade(real, made)).backward()
    assert made.mel.grad is not None
    assert made.mel.grad.abs().sum() > 0
    assert made.prosody.grad is not None
    assert made.prosody.grad.abs().sum() > 0


def test_the_reader_of_tones_learns_from_recordings_alone() -> None:
    judges = AcousticJudges(hidden=16, voice=8)
    real = shown(1, variance=1.0)
    learnt = []
    for made in (shown(2, variance=0.3), shown(3, variance=2.0)):
        judges.zero_grad()
        torch.manual_seed(1)
        judges.learn(real, made).backward()
        learnt.append([weight.grad for weight in judges.reader.parameters()])
    for one, other in zip(*learnt, strict=True):
        assert one is not None
        assert torch.equal(one, other)


def test_the_model_hears_that_another_tone_is_read_than_was_sung() -> None:
    torch.manual_seed(0)
    judges = AcousticJudges(hidden=16, voice=8)
    mel = shown(1, variance=1.0)
    learning = torch.optim.AdamW(judges.reader.parameters(), lr=3e-3)
    for _ in range(40):
        learning.zero_grad()
        judges.persuade(mel, mel).tones.backward()
        learning.step()
    other = mel._replace(f0=torch.full((4, 64), 250.0))
    assert judges.persuade(mel, other).tones > 2 * judges.persuade(mel, mel).tones


def test_a_copy_has_the_features_of_the_recording() -> None:
    judges = AcousticJudges(hidden=16, voice=8)
    real = shown(1, variance=1.0)
    assert judges.persuade(real, real).features.item() == 0
    assert judges.persuade(real, shown(2, variance=1.0)).features.item() > 0
