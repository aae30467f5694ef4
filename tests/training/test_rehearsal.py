"""The whole training in small: a tiny model learns from the shipped voices, and speaks."""

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from spoken import HELD_OUT, ROOT, SPEAKERS, TRAINED

from narrator.engine.checkpoint import load_model
from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig, VocoderConfig
from narrator.engine.manifest import encoder_fingerprint
from narrator.engine.precision import Precision
from narrator.engine.synthesizer import Synthesizer
from narrator.speech import FRAMES_PER_SECOND, SynthesisRequest
from narrator.text.symbols import SYMBOLS
from narrator.training import train_acoustic, train_vocoder
from narrator.training.__main__ import Folders, Sizes, train_all
from narrator.training.beside import BrokenOff
from narrator.training.dataset import Batch, Batches, load_examples
from narrator.training.narrow import narrow, narrowed
from narrator.training.prepare import phonemes_of, read_labels
from narrator.training.publish import averaged
from narrator.training.run import read_state
from narrator.training.unpublish import unpublish
from narrator.training.voices import read_voice

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("one_thread")]
SIZES = Sizes(
    FastSpeech2Config(
        symbols=len(SYMBOLS),
        voice=16,
        width=16,
        encoder_blocks=1,
        encoder_hidden=32,
        decoder_blocks=1,
        decoder_hidden=32,
        predictor_width=16,
    ),
    SpeakerEncoderConfig(width=16),
    VocoderConfig(width=16, hidden=32, blocks=1),
)
SECONDS = 6.0
RECIPE = {"title": "Duo", "description": "Two voices in one", "sex": "unknown"}


@pytest.fixture(scope="module")
def trained(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """What `make train` leaves, of a corpus of ten sentences and a budget of seconds."""
    place = tmp_path_factory.mktemp("trained")
    folders = Folders(corpus, place / "work", place / "model", place / "voices")
    (folders.voices / "duo").mkdir(parents=True)
    recipe = RECIPE | {"speakers": dict.fromkeys(SPEAKERS, 0.5)}
    (folders.voices / "duo" / "recipe.json").write_text(json.dumps(recipe), encoding="utf-8")
    train_all(folders, seconds=SECONDS, workers=1, sizes=SIZES)
    return folders


def test_the_speech_of_the_shipped_voices_can_be_aligned(trained: Folders) -> None:
    labels = read_labels(trained.work / "features")
    assert len(labels) == len(SPEAKERS) * (len(TRAINED) + 1)
    refused = [row["refused"] for row in labels.values() if "refused" in row]
    assert len(refused) <= 2, refused


def test_the_made_model_speaks_in_the_made_voice(trained: Folders) -> None:
    engine = Synthesizer(
        load_model(trained.model),
        device=torch.device("cpu"),
        precision=Precision.FP32,
        encoder=encoder_fingerprint(trained.model),
    )
    voice = read_voice(trained.voices / "duo")
    low, high = (read_voice(ROOT / "voices" / name).pitch_mean for name in ("rowan", "kathleen"))
    assert low < voice.pitch_mean < high
    (speech,) = engine.synthesize([SynthesisRequest(phonemes_of("A new voice speaks."), voice)])
    frames = sum(timing.frames for timing in speech.timings)
    assert speech.audio.seconds == frames / FRAMES_PER_SECOND
    assert np.isfinite(speech.audio.samples).all()
    assert speech.audio.samples.std() > 1e-4


def test_the_published_weights_are_the_averaged_ones_of_both_runs(trained: Folders) -> None:
    model = load_model(trained.model)
    acoustic, vocoder = (read_state(trained.work / name) for name in ("acoustic", "vocoder"))
    assert acoustic["step"] > 0
    assert vocoder["step"] > 0
    for published, average in (
        (model.acoustic.mel.weight, acoustic["average"]["speech.mel.weight"]),
        (model.encoder.out.weight, acoustic["average"]["encoder.out.weight"]),
        (model.vocoder.head.weight, vocoder["average"]["head.weight"]),
    ):
        assert torch.equal(published, average.half().float())


def test_every_task_of_the_acoustic_model_can_be_learned(trained: Folders) -> None:
    examples, _ = load_examples(trained.corpus, trained.work / "features", "train")
    unseen, _ = load_examples(trained.corpus, trained.work / "features", "valid")
    assert HELD_OUT not in {example.clip.text for example in examples}
    assert {example.clip.text for example in unseen} == {HELD_OUT}
    torch.manual_seed(0)
    model = train_acoustic.AcousticModel(*SIZES[:2])
    batch = next(iter(Batches(examples, {}, frames=700, seed=0)))
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-2)
    steps = []
    for _ in range(30):
        steps.append(train_acoustic.speak(model, batch).losses)
        optimiser.zero_grad()
        steps[-1].total().backward()
        optimiser.step()
    first, last = steps[0], steps[-1]
    assert last.mel < 0.6 * first.mel
    assert last.duration < 0.6 * first.duration
    assert last.pitch < first.pitch
    assert last.voiced < first.voiced
    assert last.energy < first.energy


def test_who_judges_likeness_learns_no_more(trained: Folders, tmp_path: Path) -> None:
    start = trained.work / "acoustic"
    train_acoustic.train(
        trained.corpus,
        trained.work / "features",
        tmp_path,
        seconds=1e-9,
        adversarial_from=0.0,
        speech=SIZES.speech,
        encoder=SIZES.encoder,
        start=start,
    )
    before, after = read_state(start)["average"], read_state(tmp_path)["model"]
    moved = {name.split(".")[0] for name in after if not torch.equal(before[name], after[name])}
    assert moved == {"speech"}


def test_a_model_turned_back_into_runs_is_what_training_begins_with(
    trained: Folders, tmp_path: Path
) -> None:
    acoustic, vocoder = tmp_path / "acoustic", tmp_path / "vocoder"
    unpublish(trained.model, acoustic, vocoder)
    for network, again in zip(
        load_model(trained.model), averaged([acoustic], vocoder), strict=True
    ):
        assert all(
            torch.equal(value, again.state_dict()[name])
            for name, value in network.state_dict().items()
        )
    begun, before = (
        read_state(run)["config"]["speech"] for run in (acoustic, trained.work / "acoustic")
    )
    assert begun == before, "what was measured of the model is measured again"
    sung(trained, tmp_path / "begun", start=vocoder)
    assert read_state(tmp_path / "begun")["step"] == 1
    with pytest.raises(ValueError, match="begin with"):
        sung(trained, vocoder)
    with pytest.raises(FileExistsError):
        unpublish(trained.model, tmp_path / "other", vocoder)
    assert not (tmp_path / "other").exists()


def mel_of(model: train_acoustic.AcousticModel, batch: Batch) -> torch.Tensor:
    """What the model makes of the batch."""
    with torch.inference_mode():
        return train_acoustic.speak(model.eval(), batch).made.mel


def test_channels_that_say_nothing_of_their_own_go_unheard(trained: Folders) -> None:
    examples, _ = load_examples(trained.corpus, trained.work / "features", "train")
    batch = next(iter(Batches(examples, {}, frames=700, seed=0)))
    torch.manual_seed(0)
    model = train_acoustic.AcousticModel(*SIZES[:2])
    wide = {"encoder_hidden": 64, "decoder_hidden": 64}
    doubled = train_acoustic.AcousticModel(replace(SIZES.speech, **wide), SIZES.encoder)
    weights = model.state_dict()
    for name, value in model.state_dict().items():
        if name.split(".")[-2] in ("wide", "expand"):
            weights[name] = torch.cat([value, value])
        elif name.endswith(("narrow.weight", "project.weight")):
            weights[name] = torch.cat([0.3 * value, 0.7 * value], dim=1)
    doubled.load_state_dict(weights)
    again = narrowed(doubled, [batch], encoder_hidden=32, decoder_hidden=32)
    assert again.speech.config == SIZES.speech
    assert torch.allclose(mel_of(again, batch), mel_of(model, batch), atol=1e-3)
    with pytest.raises(ValueError, match="32 channels cannot become 33"):
        narrowed(model, [batch], encoder_hidden=33, decoder_hidden=32)


def test_a_narrower_model_is_a_run_to_begin_with_and_better_than_one_cut_off(
    trained: Folders, tmp_path: Path
) -> None:
    start, features = trained.work / "acoustic", trained.work / "features"
    thin = {"encoder_hidden": 20, "decoder_hidden": 20}
    narrow(trained.corpus, features, start, tmp_path / "thin", **thin)
    before, after = read_state(start), read_state(tmp_path / "thin")
    assert after["config"]["speech"] == before["config"]["speech"] | thin
    assert after["judges"].keys() == before["judges"].keys()
    assert "step" not in after
    with pytest.raises(FileExistsError):
        narrow(trained.corpus, features, start, tmp_path / "thin")
    train_acoustic.train(
        trained.corpus, features, tmp_path / "on", seconds=1e-9, start=tmp_path / "thin"
    )
    assert read_state(tmp_path / "on")["config"] == after["config"]
    shape = replace(SIZES.speech, **thin)
    whole = train_acoustic.AcousticModel(*SIZES[:2])
    whole.load_state_dict(before["average"])
    fitted, cut = (train_acoustic.AcousticModel(shape, SIZES.encoder) for _ in range(2))
    fitted.load_state_dict(after["average"])
    cut.load_state_dict(
        {
            name: before["average"][name][tuple(map(slice, value.shape))]
            for name, value in cut.state_dict().items()
        }
    )
    examples, _ = load_examples(trained.corpus, features, "valid")
    batch = next(iter(Batches(examples, {}, frames=700, seed=0)))
    away = [(mel_of(one, batch) - mel_of(whole, batch)).abs().mean() for one in (fitted, cut)]
    assert away[0] < 0.5 * away[1]


def test_a_vocoder_whose_training_breaks_off_is_not_published(
    trained: Folders, tmp_path: Path
) -> None:
    folders = trained._replace(work=tmp_path / "work", model=tmp_path / "model")
    shutil.copytree(trained.work / "features", folders.work / "features")
    (folders.work / "vocoder").mkdir()
    (folders.work / "vocoder" / "state.pt").write_bytes(b"damaged")
    with pytest.raises(BrokenOff, match="vocoder"):
        train_all(folders, seconds=0.1, workers=1, sizes=SIZES)
    assert not folders.model.exists()


def test_a_second_call_trains_no_further(trained: Folders) -> None:
    before = (trained.model / "manifest.json").read_bytes()
    train_all(trained, seconds=SECONDS, workers=1, sizes=SIZES)
    assert (trained.model / "manifest.json").read_bytes() == before


def test_a_voice_that_cannot_be_made_stops_the_training_before_it_begins(
    corpus: Path, tmp_path: Path
) -> None:
    (tmp_path / "voices" / "dora").mkdir(parents=True)
    recipe = RECIPE | {"speakers": {"dora": 1}}
    (tmp_path / "voices" / "dora" / "recipe.json").write_text(json.dumps(recipe), encoding="utf-8")
    folders = Folders(corpus, tmp_path / "work", tmp_path / "model", tmp_path / "voices")
    with pytest.raises(ValueError, match="dora"):
        train_all(folders, seconds=SECONDS, workers=1, sizes=SIZES)
    assert not folders.work.exists()


def sung(
    trained: Folders, folder: Path, *, judged: bool = False, start: Path | None = None
) -> dict[str, torch.Tensor]:
    """The weights of a vocoder after one step."""
    made = train_vocoder.train(
        trained.corpus,
        trained.work / "features",
        folder,
        seconds=1e-9,
        adversarial_from=0.0 if judged else 2.0,
        config=SIZES.vocoder,
        start=start,
    )
    return made.state_dict()


def test_the_vocoder_is_judged_and_its_judges_learn(trained: Folders, tmp_path: Path) -> None:
    sung(trained, tmp_path, judged=True)
    (row,) = csv.DictReader((tmp_path / "log.csv").read_text(encoding="utf-8").splitlines())
    assert float(row["judges"]) > 0
    assert read_state(tmp_path)["judging"]["state"]


def test_the_same_seed_trains_the_same_vocoder(trained: Folders, tmp_path: Path) -> None:
    one, two = (sung(trained, tmp_path / name) for name in ("one", "two"))
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_a_vocoder_can_begin_with_the_weights_of_another_run(
    trained: Folders, tmp_path: Path
) -> None:
    fresh = sung(trained, tmp_path / "fresh")
    begun = sung(trained, tmp_path / "begun", start=trained.work / "vocoder")
    trained_before = read_state(trained.work / "vocoder")["average"]
    apart = [
        (weights["head.weight"] - trained_before["head.weight"]).abs().mean().item()
        for weights in (begun, fresh)
    ]
    assert apart[0] < 0.2 * apart[1]
