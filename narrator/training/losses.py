"""What the networks are trained against."""

import torch
from torch import Tensor, nn

from narrator.engine.speaker_encoder import SpeakerEncoder
from narrator.speech import HOP, SAMPLE_RATE

RESOLUTIONS = (512, 1024, 2048)
PERIODIC_BANDS_HZ = ((1000, 2000), (2000, 4000), (4000, 8000), (8000, 12000))
PERIODIC_FRAMES = 64  # looked at in a batch
PERIODS = 3
LONGEST_PERIODS = 1152  # samples that hold PERIODS of the lowest voice
EARLIER_OR_LATER = 0.03  # of a period
SIMILARITY_TEMPERATURE = 0.1
LIKENED_FRAMES = 320


def spectral_distance(made: Tensor, real: Tensor) -> Tensor:
    """Compare waveforms (batch, samples) by spectral convergence and log magnitude at three
    resolutions.

    Source: Parallel WaveGAN (Yamamoto et al. 2020, arXiv 1910.11480), equations 4 to 6.
    """
    total = torch.zeros((), device=made.device)
    for size in RESOLUTIONS:
        window = torch.hann_window(size, device=made.device)
        ours, theirs = (
            torch.stft(wave, size, size // 4, window=window, return_complex=True)
            .abs()
            .clamp(min=1e-4)
            for wave in (made, real)
        )
        total = total + (theirs - ours).norm() / theirs.norm()
        total = total + (theirs.log() - ours.log()).abs().mean()
    return total / len(RESOLUTIONS)


def pitch_distance(logits: Tensor, voicing: Tensor, tones: Tensor, pitch: Tensor) -> Tensor:
    """Compare what was read off a mel with its pitch (batch, frames), Hz, 0 unvoiced.

    logits: (batch, frames, tones) against a narrow bell around the true one, as in CREPE (Kim et
    al. 2018, arXiv 1802.06182), equation 2. voicing: (batch, frames), logits. tones: log Hz.
    """
    voiced = (pitch > 0).float()
    inside = voiced * (pitch > tones[0].exp()) * (pitch < tones[-1].exp())
    away = (tones - pitch.clamp(min=1.0).log()[..., None]) / (tones[1] - tones[0])
    wanted = (-away.square() / 2).softmax(dim=-1)
    missed = -(wanted * logits.log_softmax(dim=-1)).sum(dim=-1)
    said = torch.nn.functional.binary_cross_entropy_with_logits(voicing, voiced)
    return masked_mean(missed, inside) + said


def masked_mean(values: Tensor, mask: Tensor) -> Tensor:
    """Average `values` where `mask` (broadcastable, float) is one."""
    mask = mask.expand_as(values)
    return (values * mask).sum() / mask.sum().clamp(min=1)


def least_squares(scores: list[Tensor], target: float) -> Tensor:
    """Give the LSGAN loss of discriminator scores against `target`. Source: arXiv 1611.04076."""
    return torch.stack([(score.float() - target).square().mean() for score in scores]).mean()


def feature_distance(ours: list[list[Tensor]], theirs: list[list[Tensor]]) -> Tensor:
    """Compare the judges' inner activations. Source: MelGAN, arXiv 1910.06711, equation 4."""
    return torch.stack(
        [
            (a.float() - b.float().detach()).abs().mean()
            for made, real in zip(ours, theirs, strict=True)
            for a, b in zip(made, real, strict=True)
        ]
    ).mean()


def periodicity_distance(made: Tensor, real: Tensor, pitch: Tensor, places: Tensor) -> Tensor:
    """Compare by band how like each period of a voice is to the next one.

    made, real: (batch, samples). pitch: (batch, frames), Hz, 0 unvoiced. places: (count, 2), the
    clip and the frame of what is looked at; all voiced. The likeness is the normalised
    autocorrelation at the best lag about one period on (Boersma 1993, equations 4 to 9), here by
    band, and its mean over the frames of a clip is compared. evaluation/harmonics.py measures whole
    recordings so; this has a slope.
    """
    if not len(places):
        return made.new_zeros(())
    clips = torch.nn.functional.one_hot(places[:, 0], len(made)).float()
    counts = clips.sum(dim=0)
    period = SAMPLE_RATE / pitch[places[:, 0], places[:, 1]]
    with torch.no_grad():
        wanted = _periodicity(real, period, places) @ clips
    found = _periodicity(made, period, places) @ clips
    seen = counts > 0
    return ((found - wanted)[:, seen] / counts[seen]).abs().mean()


def _periodicity(wave: Tensor, period: Tensor, places: Tensor) -> Tensor:
    """Give the correlation of neighbouring periods: (bands, places)."""
    spectrum = torch.fft.rfft(wave)
    hz = torch.fft.rfftfreq(wave.shape[1], 1 / SAMPLE_RATE, device=wave.device)
    bands = torch.fft.irfft(
        torch.stack([spectrum * ((hz >= low) & (hz < high)) for low, high in PERIODIC_BANDS_HZ]),
        wave.shape[1],
    )
    half = LONGEST_PERIODS // 2
    place = torch.arange(-half, half, device=wave.device)
    index = places[:, 1, None] * HOP + place + half
    padded = torch.nn.functional.pad(bands, (half, half))
    cut = padded[:, places[:, 0, None], index]
    share = place / (PERIODS * period[:, None])
    cut = cut * torch.where(share.abs() < 0.5, 0.5 + 0.5 * (2 * torch.pi * share).cos(), 0.0)
    power = torch.fft.rfft(cut, 2 * LONGEST_PERIODS).abs().square()
    curve = torch.fft.irfft(power, 4 * LONGEST_PERIODS)  # the lag in halves of a sample
    reach = int(EARLIER_OR_LATER * 2 * LONGEST_PERIODS / PERIODS) + 1
    offsets = torch.arange(-reach, reach + 1, device=wave.device)
    lags = (2 * period[:, None]).round().long() + offsets
    near = offsets.abs() <= EARLIER_OR_LATER * 2 * period[:, None]
    at = curve.gather(2, lags.expand(len(bands), -1, -1)) / curve[..., :1].clamp(min=1e-8)
    around = 2 * torch.pi * lags / (2 * PERIODS * period[:, None])
    hann = (1 - around / (2 * torch.pi)) * (2 / 3 + around.cos() / 3)
    hann = hann + around.sin() / (2 * torch.pi)
    likeness: Tensor = (at / hann).masked_fill(~near, -1.0).amax(dim=2).clamp(-1.0, 1.0)
    return likeness


def voice_contrast(first: Tensor, second: Tensor, speakers: Tensor) -> Tensor:
    """Bring two prompts of one speaker together and those of different speakers apart.

    first, second: (batch, width). speakers: (batch,).
    Source: supervised contrastive learning (Khosla et al. 2020, arXiv 2004.11362), equation 2.
    """
    voices = nn.functional.normalize(torch.cat([first, second]), dim=1)
    who = torch.cat([speakers, speakers])
    itself = torch.eye(len(who), dtype=torch.bool, device=who.device)
    likeness = (voices @ voices.T / SIMILARITY_TEMPERATURE).masked_fill(itself, -1e4)
    same = (who[:, None] == who) & ~itself
    log_share = likeness - likeness.logsumexp(dim=1, keepdim=True)
    return -((log_share * same).sum(dim=1) / same.sum(dim=1)).mean()


def unlikeness(encoder: SpeakerEncoder, mel: Tensor, frames: Tensor, voice: Tensor) -> Tensor:
    """Give how far what was said is from the voice it was to be said in: 0, and 2 for its opposite.

    mel: (batch, MELS, frames), as made. frames: (batch,). voice: (batch, width), heard in another
    clip of the speaker. The encoder learns nothing from judging; where it gave the voice for `mel`,
    it has to stand still.
    Source: speaker consistency loss, YourTTS (Casanova et al. 2022, arXiv 2112.02418), equation 1.
    """
    shown = mel[..., :LIKENED_FRAMES]
    heard = torch.arange(shown.shape[2], device=mel.device) < frames[:, None]
    still = {name: weight.detach() for name, weight in encoder.named_parameters()}
    own = torch.func.functional_call(encoder, still, (shown, heard))
    return 1 - nn.functional.cosine_similarity(own, voice.detach()).mean()
