import json
from pathlib import Path

import numpy as np
import pytest
import torch
from fake_voice import build_shelf

from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig, VocoderConfig
from narrator.engine.fastspeech2 import FastSpeech2
from narrator.engine.vocoder import Vocoder
from narrator.training.publish import averaged
from narrator.training.run import Average, Run
from narrator.training.train_acoustic import AcousticModel
from narrator.training.voices import Heard, blend, check_recipes, read_voice, write_voice

HEADER = "file\tspeaker\tsource\tlicence\tsex\tseconds\tbandwidth_hz\tsplit\ttext\n"
RECIPE = {
    "title": "Anna",
    "description": "Reads calmly",
    "sex": "female",
    "speakers": {"anna": 2, "bo": 1},
}
LICENCE = {"speaker": "Anna", "source": "her own", "licence": "CC0-1.0", "note": "given freely"}


def heard(seed: int, *traits: float) -> Heard:
    values = np.random.default_rng(seed).normal(size=16)
    return Heard(values.astype(np.float32), np.array(traits, dtype=np.float32))


ANNA = heard(1, 5.4, 0.2, 27.0, 8.0, 12.0)
BO = heard(2, 4.8, 0.1, 24.0, 6.0, 9.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "voices" / "anna"
    made.mkdir(parents=True)
    for name, table in (("recipe", RECIPE), ("licence", LICENCE)):
        (made / f"{name}.json").write_text(json.dumps(table), encoding="utf-8")
    return made


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = "".join(
        f"{speaker}.wav\t{speaker}\tmine\tCC0\t?\t1\t12000\t{split}\tHello.\n"
        for speaker, split in (("anna", "train"), ("bo", "train"), ("cy", "valid"))
    )
    (tmp_path / "manifest.tsv").write_text(HEADER + rows, encoding="utf-8")
    return tmp_path


def test_a_blend_stands_between_its_speakers() -> None:
    mixed = blend([(2, ANNA), (1, BO)])
    assert mixed.traits == pytest.approx((2 * ANNA.traits + BO.traits) / 3)
    toward, away = (np.corrcoef(mixed.values, one.values)[0, 1] for one in (ANNA, BO))
    assert toward > away > 0
    assert mixed.values.mean() == pytest.approx(0, abs=1e-6)
    assert mixed.values.std() == pytest.approx(1, abs=1e-3)


def test_weights_are_shares_whatever_they_add_up_to() -> None:
    assert blend([(20, ANNA), (10, BO)]).values == pytest.approx(
        blend([(0.2, ANNA), (0.1, BO)]).values, abs=1e-6
    )


def test_a_written_voice_is_on_the_shelf_as_it_was_made(folder: Path) -> None:
    write_voice(folder, blend([(1, ANNA)]), "0123456789abcdef")
    back = read_voice(folder)
    assert back.values == pytest.approx(blend([(1, ANNA)]).values)
    assert (back.pitch_mean, back.rate) == pytest.approx((5.4, 12.0))
    shelf = build_shelf(folder.parent, folder.parent / "data")
    profile = shelf.get("anna")
    assert (profile.title, profile.sex, profile.origin.speaker) == ("Anna", "female", "Anna")
    shelved = shelf.embedding(profile.ref)
    assert np.array_equal(shelved.values, back.values)
    assert (shelved.encoder, shelved.rate) == (back.encoder, back.rate)


def test_recipes_of_speakers_who_are_there_are_accepted(corpus: Path, folder: Path) -> None:
    check_recipes(corpus, folder.parent)


@pytest.mark.parametrize("stranger", ["dora", "cy"])
def test_a_recipe_of_a_speaker_who_is_not_trained_on_is_named_before_any_work(
    corpus: Path, folder: Path, stranger: str
) -> None:
    recipe = RECIPE | {"speakers": {"anna": 1, stranger: 1}}
    (folder / "recipe.json").write_text(json.dumps(recipe), encoding="utf-8")
    with pytest.raises(ValueError, match=stranger):
        check_recipes(corpus, folder.parent)


def test_a_folder_without_recipes_makes_no_voice(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"recipe\.json"):
        check_recipes(corpus, tmp_path / "nowhere")


def test_the_averaged_weights_are_published_and_not_the_last_ones(tmp_path: Path) -> None:
    torch.manual_seed(0)
    speech = FastSpeech2Config(symbols=9, voice=8, width=8, encoder_blocks=1, decoder_blocks=1)
    spoken = AcousticModel(speech, SpeakerEncoderConfig(width=8))
    sung = Vocoder(VocoderConfig(width=8, hidden=8, blocks=1))
    configs = (
        {"speech": speech.to_json(), "encoder": spoken.encoder.config.to_json()},
        {"vocoder": sung.config.to_json()},
    )
    kept = []
    for name, module, config in zip(("spoken", "sung"), (spoken, sung), configs, strict=True):
        average = Average(module, 0.9)
        kept.append(average.weights)
        run = Run(tmp_path / name, budget=1, config=config)
        run.track(average=average)
        for value in module.parameters():
            torch.nn.init.ones_(value)
        run.save()
    model = averaged([tmp_path / "spoken"], tmp_path / "sung")
    assert isinstance(model.acoustic, FastSpeech2)
    assert not model.acoustic.training
    assert torch.equal(model.acoustic.mel.weight, kept[0]["speech.mel.weight"])
    assert torch.equal(model.encoder.out.weight, kept[0]["encoder.out.weight"])
    assert torch.equal(model.vocoder.head.weight, kept[1]["head.weight"])
