import tiny
import torch


def test_an_embedding_has_mean_nought_and_deviation_one() -> None:
    with torch.inference_mode():
        voice = tiny.model().encoder(torch.randn(3, 80, 50))
    assert voice.shape == (3, tiny.VOICE)
    assert torch.allclose(voice.mean(dim=1), torch.zeros(3), atol=1e-5)
    assert torch.allclose(voice.std(dim=1, unbiased=False), torch.ones(3), atol=1e-2)


def test_a_louder_recording_is_the_same_voice() -> None:
    mel = torch.randn(1, 80, 50)
    encoder = tiny.model().encoder
    with torch.inference_mode():
        assert torch.allclose(encoder(mel), encoder(mel + 1.5), atol=1e-4)


def test_padding_is_not_heard() -> None:
    mel = torch.randn(1, 80, 40)
    padded = torch.cat([mel, torch.full((1, 80, 20), 7.0)], dim=2)
    there = torch.arange(60)[None] < 40
    encoder = tiny.model().encoder
    with torch.inference_mode():
        assert torch.allclose(encoder(mel), encoder(padded, there), atol=0.15)


def test_treble_that_many_recordings_lack_is_not_heard() -> None:
    mel = torch.randn(1, 80, 40)
    dull = mel.clone()
    dull[:, tiny.ENCODER.mels :] = -11.5
    encoder = tiny.model().encoder
    with torch.inference_mode():
        assert torch.equal(encoder(mel), encoder(dull))
