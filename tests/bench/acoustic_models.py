"""The parallel acoustic model against the autoregressive one: same sentences, same frames, as JSON.

Run: python tests/bench/acoustic_models.py BOOK, with NARRATOR_HOME an empty folder. FastSpeech 2 as
shipped, and Tacotron 2 as large as in its paper, speak sentence after sentence on one thread of a
processor, each in its turn, so that whatever else the machine does slows all of them. Tacotron 2
gives exactly the frames that FastSpeech 2 gave. Its weights are random: they cost the same time.
"""

import statistics
import sys
from collections.abc import Callable
from pathlib import Path

import torch
from own_process import Figures, Spent, counted, give
from tacotron2.model import Tacotron2, Tacotron2Config
from torch import nn

from narrator.__main__ import open_studio
from narrator.book.reader import read_book
from narrator.engine.checkpoint import load_model
from narrator.engine.manifest import encoder_fingerprint
from narrator.engine.precision import Precision
from narrator.engine.synthesizer import Synthesizer
from narrator.settings import folders, resource
from narrator.speech import FRAMES_PER_SECOND, SynthesisRequest
from narrator.studio.plan import Choices, plan_book
from narrator.studio.studio import Studio
from narrator.text.symbols import INDEX, SYMBOLS

SENTENCES = 24
REFERENCE = "Tacotron 2, fp32"
Speak = Callable[[SynthesisRequest, list[int]], None]


def requests_of(book_file: Path, studio: Studio) -> list[SynthesisRequest]:
    """Give SENTENCES sentences, evenly spread over the book."""
    voice = studio.voices.get(studio.settings.voice)
    embedding = studio.voices.embedding(voice.ref)
    plan = plan_book(read_book(book_file), Choices(voice.ref))
    utterances = [one.utterance for chapter in plan.chapters for one in chapter.sentences()]
    phonemize = studio.front_end.phonemize
    return [
        SynthesisRequest(phonemize(one.text, opening=one.opening, pronunciations=()), embedding)
        for one in utterances[:: max(1, len(utterances) // SENTENCES)][:SENTENCES]
    ]


def synthesizers(studio: Studio) -> dict[str, Synthesizer]:
    """Give FastSpeech 2 in fp32, and in the precision that the engine takes on this machine."""
    shipped = studio.load_engine("cpu").synthesize.__self__  # type: ignore[attr-defined]
    folder = resource("resources/model")
    plain = Synthesizer(
        load_model(folder),
        device=torch.device("cpu"),
        precision=Precision.FP32,
        encoder=encoder_fingerprint(folder),
    )
    return {f"FastSpeech 2, {one.precision.value}": one for one in (plain, shipped)}


def in_parallel(synthesizer: Synthesizer) -> Speak:
    """Give what speaks with FastSpeech 2."""

    def speak(request: SynthesisRequest, durations: list[int]) -> None:
        synthesizer.speak_mels([request], durations=[durations])

    return speak


def frame_by_frame(model: Tacotron2) -> Speak:
    """Give what speaks with Tacotron 2, for as long as FastSpeech 2 did."""

    def speak(request: SynthesisRequest, durations: list[int]) -> None:
        symbols = torch.tensor([[INDEX[symbol] for symbol in request.phonemes.symbols]])
        model.speak(symbols, frames=sum(durations))

    return speak


def measure(book_file: Path) -> Figures:
    """Give what each model spent, and how many times faster than the reference each was."""
    torch.set_num_threads(1)
    studio = open_studio(folders())
    requests = requests_of(book_file, studio)
    parallel = synthesizers(studio)
    reference = Tacotron2(Tacotron2Config(symbols=len(SYMBOLS))).eval()
    one = next(iter(parallel.values()))
    durations = [
        [timing.frames for timing in timings]
        for request in requests
        for _, timings in one.speak_mels([request])
    ]
    speakers = {name: in_parallel(model) for name, model in parallel.items()}
    speakers[REFERENCE] = frame_by_frame(reference)
    laps: dict[str, list[Spent]] = {name: [] for name in speakers}
    for speak in speakers.values():
        speak(requests[0], durations[0])
    for request, lengths in zip(requests, durations, strict=True):
        for name, speak in speakers.items():
            with counted() as spent:
                speak(request, lengths)
            laps[name].append(spent)
    seconds = sum(map(sum, durations)) / FRAMES_PER_SECOND
    return {
        "sentences": len(requests),
        "frames": round(seconds * FRAMES_PER_SECOND),
        "threads": torch.get_num_threads(),
        "parameters": {"FastSpeech 2": size(one.acoustic), "Tacotron 2": size(reference)},
        "models": {name: total(spent).rates(seconds) for name, spent in laps.items()},
        "reference": REFERENCE,
        "times_faster": {name: faster(laps[name], laps[REFERENCE]) for name in parallel},
    }


def size(network: nn.Module) -> int:
    """Give how many weights a network has."""
    return sum(weight.numel() for weight in network.parameters())


def total(laps: list[Spent]) -> Spent:
    """Add up."""
    return Spent(sum(lap.wall for lap in laps), sum(lap.cpu for lap in laps))


def faster(laps: list[Spent], reference: list[Spent]) -> Figures:
    """Give how many times less time all sentences took, and the median one."""
    ours, theirs = total(laps), total(reference)
    ratios = [b.cpu / a.cpu for a, b in zip(laps, reference, strict=True)]
    return {
        "by_cpu": round(theirs.cpu / ours.cpu, 1),
        "by_clock": round(theirs.wall / ours.wall, 1),
        "median_sentence_by_cpu": round(statistics.median(ratios), 1),
        "least_by_cpu": round(min(ratios), 1),
    }


if __name__ == "__main__":
    give(measure(Path(sys.argv[1])))
