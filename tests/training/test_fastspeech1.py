"""FastSpeech without pitch and energy, beside FastSpeech 2: in shape, in training, in judgement."""

import json
from pathlib import Path

import pytest
import torch
from spoken import HELD_OUT, ROOT, SPEAKERS

from narrator.engine.checkpoint import load_model
from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig
from narrator.engine.fastspeech2 import FastSpeech2
from narrator.text.symbols import SYMBOLS
from narrator.training import judges, train_acoustic
from narrator.training.ablations import compare_acoustic
from narrator.training.ablations.fastspeech1 import FastSpeech1, of_same_size, weights
from narrator.training.corpus import read_manifest
from narrator.training.dataset import Batches, load_examples
from narrator.training.evaluation.memory import Memory
from narrator.training.evaluation.sentences import load
from narrator.training.prepare import prepare
from narrator.training.run import read_state

SMALL = FastSpeech2Config(
    symbols=len(SYMBOLS),
    voice=16,
    width=16,
    encoder_blocks=1,
    encoder_hidden=32,
    decoder_blocks=1,
    decoder_hidden=32,
    predictor_width=16,
)
ENCODER = SpeakerEncoderConfig(width=16)
KINDS = ("fastspeech2", "fastspeech1")
Runs = dict[str, Path]


class Here:
    """A pool that works where it stands."""

    map = staticmethod(map)


@pytest.fixture(scope="module")
def features(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("features")
    prepare(corpus, folder, workers=1)
    return folder


@pytest.fixture(scope="module")
def runs(corpus: Path, features: Path, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """A run of each kind, of a few steps, with judges from the first one on."""
    folders = {kind: tmp_path_factory.mktemp(kind) for kind in KINDS}
    for kind, folder in folders.items():
        train_acoustic.train(
            corpus,
            features,
            folder,
            seconds=2.0,
            speech=SMALL,
            encoder=ENCODER,
            adversarial_from=0.0,
            model_name=kind,
        )
    return folders


def test_it_is_as_large_as_fastspeech_2() -> None:
    shipped = FastSpeech2Config(symbols=len(SYMBOLS))
    with torch.device("meta"):
        ours, theirs = weights(FastSpeech1(of_same_size(shipped))), weights(FastSpeech2(shipped))
        bare = weights(FastSpeech1(shipped))
    assert bare < 0.95 * theirs
    assert ours == pytest.approx(theirs, rel=0.001)


def test_it_neither_knows_nor_hears_pitch_and_energy() -> None:
    torch.manual_seed(0)
    symbols, voice = torch.randint(1, len(SYMBOLS), (2, 7)), torch.randn(2, 16)
    durations = torch.full((2, 7), 3)
    tones, level = 0.2 * torch.randn(2, 21), torch.randn(2, 7)
    for kind, hears in ((FastSpeech1, False), (FastSpeech2, True)):
        model = kind(SMALL).eval()
        manner = model.manner(voice)
        hidden, mask = model.encode(symbols, manner)
        predicted = model.predict(hidden, manner, mask)
        assert (predicted.pitch.any() or predicted.energy.any()) == hears
        assert predicted.log_duration.any()
        mels = [
            model.decode(hidden, manner, mask, durations, 5 + contour, torch.ones(2, 7), energy)[0]
            for contour, energy in ((tones, level), (-tones, -level))
        ]
        assert torch.equal(*mels) != hears


@pytest.mark.slow
@pytest.mark.usefixtures("one_thread")
class TestTrained:
    def test_a_run_keeps_its_shape_and_begins_with_another_ones_weights(
        self, corpus: Path, features: Path, runs: Runs, tmp_path: Path
    ) -> None:
        state = read_state(runs["fastspeech1"])
        assert state["step"] > 0
        assert state["config"]["speech"]["decoder_hidden"] > SMALL.decoder_hidden
        begun = train_acoustic.train(
            corpus,
            features,
            tmp_path,
            seconds=0.0,
            speech=SMALL,
            encoder=ENCODER,
            model_name="fastspeech1",
            start=runs["fastspeech1"],
        )
        assert isinstance(begun.speech, FastSpeech1)
        assert torch.equal(begun.speech.mel.weight, state["average"]["speech.mel.weight"])

    @pytest.mark.parametrize("kind", KINDS)
    def test_judges_of_prosody_ask_for_no_melody_that_it_cannot_have(
        self, corpus: Path, features: Path, runs: Runs, kind: str
    ) -> None:
        model = compare_acoustic.restored(kind, read_state(runs[kind]))
        examples, _ = load_examples(corpus, features, "train")
        batch = next(iter(Batches(examples, {}, frames=700, seed=0)))
        spoken = train_acoustic.speak(model, batch)
        for shown in (spoken.real, spoken.made):
            durations, pitch, _, energy = shown.prosody.unbind(dim=-1)
            assert durations.any()
            assert (pitch.any() and energy.any()) == (kind == "fastspeech2")

    def test_both_are_judged_on_the_same_sentences(
        self,
        corpus: Path,
        features: Path,
        runs: Runs,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        for ears in ("heard_words", "transcribed_words"):
            monkeypatch.setattr(judges, ears, heard_words)
        monkeypatch.setattr(judges, "BOOTSTRAP_DRAWS", 20)
        clips = [clip for clip in read_manifest(corpus) if clip.text == HELD_OUT]
        own = load([clip for clip in clips if clip.speaker == SPEAKERS[0]], corpus, Here())
        tables = compare_acoustic.compare(
            list(runs.items()),
            load_model(ROOT / "resources" / "model").vocoder,
            own,
            corpus,
            features,
            Memory(tmp_path, Here()),
        )
        given = tables["at the recording's durations"]
        assert list(given) == list(runs)
        mel = {kind: [row[f"log-mel L1, {whose} melody"].mean for whose in WHOSE]
               for kind, row in given.items()}  # fmt: skip
        assert mel["fastspeech1"][0] == mel["fastspeech1"][1] > 0
        assert mel["fastspeech2"][0] != mel["fastspeech2"][1]
        words = tables["words, melody, timing"]
        assert list(words) == ["human recording", *runs]
        assert all("global variance" in tables["sound"][kind] for kind in runs)
        assert json.dumps(tables)


WHOSE = ("its own", "the recording's")


def heard_words(samples: object) -> list[str]:
    """Hear the held-out sentence in everything."""
    return HELD_OUT.lower().strip(".").split()
