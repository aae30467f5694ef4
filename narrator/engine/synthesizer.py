"""The engine: a sentence of symbols in, its sound and the time of every symbol out."""

import copy
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from narrator.engine.align import PhonemeRecognizer
from narrator.engine.checkpoint import Model, load_model
from narrator.engine.clean import cleaned
from narrator.engine.direction import Directions, contour_of, directed, timings_of
from narrator.engine.enroll import enroll
from narrator.engine.fastspeech2 import Variances
from narrator.engine.manifest import encoder_fingerprint, fingerprint
from narrator.engine.measure import carried_bands, recognized, sounding, traits_of
from narrator.engine.mel import log_mel
from narrator.engine.packing import Packing
from narrator.engine.precision import Precision, available, computing, fastest, prepared
from narrator.engine.speaker_encoder import standardized
from narrator.engine.timbre import SPOKEN, long_term_spectrum, steering_by
from narrator.engine.vocoder import Heard
from narrator.errors import DeviceUnavailable, ModelMismatch, NothingToSay, RecordingTooShort
from narrator.speech import (
    Audio,
    Engine,
    Recording,
    Samples,
    Speech,
    SynthesisRequest,
    Timing,
    VoiceEmbedding,
    read_only,
)
from narrator.text.symbols import INDEX, PHONEME_SET, SPOKEN_AS

CALIBRATION_FRAMES = 4
SHORTEST_HEARD_SECONDS = 3.0


class Synthesizer:
    """One loaded model on one device, in one precision. Several threads may speak at once."""

    def __init__(
        self, model: Model, *, device: torch.device, precision: Precision, encoder: str
    ) -> None:
        """encoder: the fingerprint that a voice must bear to be spoken by this model."""
        self.device = device
        self.precision = precision
        self.encoder = encoder
        self.hearing = model.encoder.to(device)
        self.acoustic = model.acoustic.to(device)
        self.vocoder = model.vocoder.to(device)
        told = (norm.affine for norm in self.acoustic.norms())
        prepared(self.acoustic, precision, keep=(self.acoustic.mel, *told))
        # Copies lose .04 of PESQ-WB where the pitch is read in bf16; nothing else costs .005.
        exact = [*self.vocoder.reader.modules()]
        if device.type == "cuda":  # there a layer that autocast does not reach takes float32 alone
            exact += [self.vocoder.head, self.vocoder.mixing]
        prepared(self.vocoder, precision, keep=tuple(exact))
        self._manner = lru_cache(self._manner_of)

    @torch.inference_mode()
    def synthesize(self, requests: Sequence[SynthesisRequest]) -> list[Speech]:
        """Speak some sentences, together where they have one voice; the same request gives the same
        samples, but for rounding.

        Raises NothingToSay without a phoneme, ModelMismatch for a voice of other weights; then
        nothing is spoken.
        """
        for request in requests:
            if request.voice.encoder != self.encoder or not self._fits(request.voice):
                raise ModelMismatch("the voice was made with other weights than those installed")
            if not any(symbol in PHONEME_SET for symbol in request.phonemes.symbols):
                raise NothingToSay(" ".join(request.phonemes.words))
        # A sentence is too small to be cut up: sentences side by side use the cores better. The
        # number belongs to the thread.
        torch.set_num_threads(1)
        spoken: dict[int, Speech] = {}
        for places in _by_voice(requests):
            own = [requests[place] for place in places]
            mels, timings = zip(*self.speak_mels(own), strict=True)
            waves = self.vocode(mels, [request.seed for request in own])
            for place, samples, times in zip(places, waves, timings, strict=True):
                peak = max(1.0, float(np.abs(samples).max()))
                spoken[place] = Speech(Audio(samples / peak), times)
        return [spoken[place] for place in range(len(requests))]

    def _fits(self, voice: VoiceEmbedding) -> bool:
        width, steering = self.acoustic.config.voice, self.acoustic.steering
        return len(voice.values) == width and len(voice.steering) in (0, steering)

    @torch.inference_mode()
    def speak_mels(
        self,
        requests: Sequence[SynthesisRequest],
        *,
        durations: Sequence[Sequence[int]] | None = None,
    ) -> list[tuple[Tensor, tuple[Timing, ...]]]:
        """Give the log mel (1, MELS, frames) of each sentence, and its timings; all in one voice.

        durations: of each sentence those of its symbols, frames, in place of the predicted ones.
        """
        texts = [
            torch.tensor([[INDEX[SPOKEN_AS.get(one, one)] for one in request.phonemes.symbols]])
            for request in requests
        ]
        text = Packing.of([row.shape[1] for row in texts], reach=1)
        symbols = text.packed(texts).to(self.device)
        manner = self._manner(*_bytes_of(requests[0].voice))
        with computing(self.device, self.precision):
            hidden, mask = self.acoustic.encode(symbols, manner)
            predicted = self.acoustic.predict(hidden, manner, mask)
            said = [
                directed(
                    Variances(*(values[:, span] for values in predicted)),
                    request,
                    self.acoustic.config,
                )
                for span, request in zip(text.spans, requests, strict=True)
            ]
            if durations is not None:
                given = (torch.tensor([row], device=self.device) for row in durations)
                said = [one._replace(frames=row) for one, row in zip(said, given, strict=True)]
            asked = Directions(*(text.packed(parts) for parts in zip(*said, strict=True)))
            for span in text.spans:
                asked.frames[:, span.stop] = self.acoustic.reach
            lengths = [int(one.frames.sum()) for one in said]
            sound = Packing.of(lengths, reach=self.acoustic.reach)
            contour = sound.packed([contour_of(one) for one in said])
            mel, _ = self.acoustic.decode(
                hidden, manner, mask, asked.frames, contour, asked.voiced, asked.energy
            )
        return [
            (mel[..., span], timings_of(request, one))
            for span, request, one in zip(sound.spans, requests, said, strict=True)
        ]

    def _manner_of(self, values: bytes, steering: bytes) -> Tensor:
        voice = torch.tensor(np.frombuffer(values + steering, dtype=np.float32))
        return self.acoustic.manner(voice[None].to(self.device))

    @torch.inference_mode()
    def vocode(
        self, mels: Sequence[Tensor], seeds: Sequence[int]
    ) -> list[np.ndarray[tuple[int], np.dtype[np.float32]]]:
        """Give the samples (frames * HOP,) of each log mel (1, MELS, frames)."""
        sound = Packing.of([mel.shape[2] for mel in mels], reach=self.vocoder.reach)
        chance = [torch.Generator().manual_seed(seed) for seed in seeds]
        channels = self.vocoder.config.noise
        noise = [
            torch.randn(1, channels, mel.shape[2], generator=one)
            for mel, one in zip(mels, chance, strict=True)
        ]
        there = sound.there(self.device)
        with computing(self.device, self.precision):
            heard = self.vocoder.heard(
                sound.packed(mels), sound.packed(noise).to(self.device), there
            )
            waves = [
                self.vocoder.sound(mel, Heard(*(values[:, span] for values in heard)))[0]
                for mel, span in zip(mels, sound.spans, strict=True)
            ]
        return [wave.float().cpu().numpy() for wave in waves]

    @torch.inference_mode()
    def embed_voice(self, recordings: Sequence[Recording]) -> VoiceEmbedding:
        """Hear a voice in recordings of one speaker: embedding, melody, level, pace and timbre.

        Raises RecordingTooShort where no voiced phoneme is heard.
        """
        sounds = [sounding(cleaned(recording.samples, recording.rate)) for recording in recordings]
        recognizer = PhonemeRecognizer()
        clips = [recognized(sound, recognizer) for sound in sounds]
        if not any(clip.voiced.any() for clip in clips):
            raise RecordingTooShort(0.0, SHORTEST_HEARD_SECONDS)
        mels = [torch.from_numpy(sound.mel) for sound in sounds]
        voice = VoiceEmbedding(self._heard(mels), *traits_of(clips), encoder=self.encoder)
        own = self.speak_mels([SynthesisRequest(phonemes, voice) for phonemes in SPOKEN])
        said = long_term_spectrum([mel[0] for mel, _ in own])
        missing = long_term_spectrum(mels).to(self.device) - said
        carried = torch.from_numpy(carried_bands([sound.mel for sound in sounds]))
        steering = steering_by(missing * carried.to(self.device), self.acoustic)
        return replace(voice, steering=steering.cpu().numpy())

    @torch.inference_mode()
    def voiceprint(self, recordings: Sequence[Recording]) -> Samples:
        """Give what tells the speaker of the recordings from others: the embedding (width,)."""
        waves = [torch.from_numpy(cleaned(one.samples, one.rate)) for one in recordings]
        return self._heard([log_mel(wave[None])[0] for wave in waves])

    def _heard(self, mels: Sequence[Tensor]) -> Samples:
        frames = torch.tensor([mel.shape[1] for mel in mels]).to(self.device)
        heard = torch.cat([self.hearing(mel[None].to(self.device)) for mel in mels])
        voice = standardized((heard * frames[:, None]).sum(dim=0) / frames.sum())
        return read_only(voice.cpu().numpy())


def _by_voice(requests: Sequence[SynthesisRequest]) -> list[list[int]]:
    """Give the places of the requests of each voice."""
    places: dict[tuple[bytes, ...], list[int]] = {}
    for place, request in enumerate(requests):
        places.setdefault(_bytes_of(request.voice), []).append(place)
    return list(places.values())


def _bytes_of(voice: VoiceEmbedding) -> tuple[bytes, bytes]:
    return voice.values.tobytes(), voice.steering.tobytes()


def load_engine(folder: Path, *, device: str = "auto", remembered: Path | None = None) -> Engine:
    """Load the model in `folder` and give the engine.

    device: "auto" (CUDA where there is one), "cpu", "cuda". remembered: a JSON file that keeps the
    precision that was found fastest on this machine. Raises ModelMissing, ModelAltered,
    ModelMismatch, DeviceUnavailable.
    """
    place = _device(device)
    torch.set_num_threads(1)  # as when speaking; the precision is measured so
    model = load_model(folder)
    name, encoder = fingerprint(folder), encoder_fingerprint(folder)
    precision = Precision.BF16 if place.type == "cuda" else _calibrated(model, name, remembered)
    synthesizer = Synthesizer(model, device=place, precision=precision, encoder=encoder)
    enrolled = partial(enroll, folder, place)
    return Engine(
        synthesizer.synthesize,
        synthesizer.voiceprint,
        model.encoder.config.same_voice,
        synthesizer.embed_voice,
        enrolled,
        name,
    )


def _device(name: str) -> torch.device:
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if name == "cuda" and not torch.cuda.is_available():
        raise DeviceUnavailable(name)
    return torch.device(name)


def _log_mel_spoken(synthesizer: Synthesizer, request: SynthesisRequest) -> Tensor:
    durations = [CALIBRATION_FRAMES] * len(request.phonemes.symbols)
    (mel, _), *_ = synthesizer.speak_mels([request], durations=[durations])
    return log_mel(torch.from_numpy(synthesizer.vocode([mel], [0])[0])[None])


def _calibrated(model: Model, name: str, remembered: Path | None) -> Precision:
    voice = VoiceEmbedding(
        np.zeros(model.acoustic.config.voice, dtype=np.float32), 5.0, 0.2, 0.0, 8.0, 12.0, name
    )
    request = SynthesisRequest(SPOKEN[0], voice)
    candidates = {}
    for precision in available():
        own = Synthesizer(
            copy.deepcopy(model), device=torch.device("cpu"), precision=precision, encoder=name
        )
        candidates[precision] = partial(_log_mel_spoken, own, request)
    return fastest(candidates, remembered, name)
