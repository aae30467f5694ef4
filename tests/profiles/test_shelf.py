"""The shelf: what is a voice, what is none, and what became of one meanwhile."""

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fake_voice import build_shelf, write_voice

from narrator.errors import UnknownVoice, VoiceDamaged
from narrator.profiles.profile import VoiceLicence
from narrator.profiles.shelf import VoiceShelf


def change(path: Path, **values: Any) -> None:
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | values), "utf-8")


@pytest.fixture
def shelf(tmp_path: Path) -> VoiceShelf:
    write_voice(tmp_path, "kathleen")
    return build_shelf(tmp_path, tmp_path / "data")


def test_voices_are_listed_by_name(tmp_path: Path) -> None:
    for name in ("walter", "kathleen"):
        write_voice(tmp_path, name)
    (tmp_path / "notes").mkdir()
    assert build_shelf(tmp_path, tmp_path / "none").names() == ("kathleen", "walter")


def test_a_voice_knows_whose_it_is_and_under_which_licence(shelf: VoiceShelf) -> None:
    origin = shelf.get("kathleen").origin
    assert isinstance(origin, VoiceLicence)
    assert origin.licence == "CC0-1.0"


def test_an_unknown_voice_names_the_known_ones(shelf: VoiceShelf) -> None:
    with pytest.raises(UnknownVoice) as caught:
        shelf.get("nobody")
    assert caught.value.known == ("kathleen",)


@pytest.mark.parametrize("name", ["", ".", "..", "../kathleen", "kathleen/", "/"])
def test_a_path_is_no_name_of_a_voice(shelf: VoiceShelf, name: str) -> None:
    with pytest.raises(UnknownVoice):
        shelf.get(name)


def test_the_embedding_comes_with_its_measured_traits(shelf: VoiceShelf) -> None:
    embedding = shelf.embedding(shelf.get("kathleen").ref)
    assert embedding.values.shape == (16,)
    assert embedding.rate == 12.0


def test_a_voice_changed_meanwhile_is_refused(shelf: VoiceShelf, tmp_path: Path) -> None:
    before = shelf.get("kathleen").ref
    change(tmp_path / "kathleen" / "profile.json", pitch_mean=4.4)
    with pytest.raises(VoiceDamaged):
        shelf.embedding(before)


def test_new_words_about_a_voice_do_not_change_its_sound(shelf: VoiceShelf, tmp_path: Path) -> None:
    before = shelf.get("kathleen").ref
    change(tmp_path / "kathleen" / "profile.json", description="warm")
    assert shelf.get("kathleen").ref == before


@pytest.mark.parametrize(
    "values",
    [
        np.zeros((2, 8), np.float32),
        np.zeros(0, np.float32),
        np.zeros(16, np.float64),
        np.full(16, np.nan, np.float32),
    ],
)
def test_an_embedding_of_another_shape_is_refused(
    shelf: VoiceShelf, tmp_path: Path, values: np.ndarray
) -> None:
    np.save(tmp_path / "kathleen" / "embedding.npy", values)
    with pytest.raises(VoiceDamaged):
        shelf.get("kathleen")


def test_a_voice_can_be_read_by_many_threads_at_once(shelf: VoiceShelf) -> None:
    ref = shelf.get("kathleen").ref
    with ThreadPoolExecutor(8) as pool:
        heard = list(pool.map(lambda _: shelf.embedding(ref).rate, range(400)))
    assert set(heard) == {12.0}


def test_a_pickle_is_never_opened(shelf: VoiceShelf, tmp_path: Path) -> None:
    (tmp_path / "kathleen" / "embedding.npy").write_bytes(pickle.dumps([1.0]))
    with pytest.raises(VoiceDamaged):
        shelf.get("kathleen")


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '{"title": "x"}', "\x00"])
@pytest.mark.parametrize("name", ["profile.json", "licence.json"])
def test_a_damaged_file_of_a_voice_is_named(
    shelf: VoiceShelf, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / "kathleen" / name).write_text(text, "utf-8")
    with pytest.raises(VoiceDamaged):
        shelf.get("kathleen")


@pytest.mark.parametrize("name", ["embedding.npy", "licence.json"])
def test_a_voice_without_licence_or_embedding_is_refused(
    shelf: VoiceShelf, tmp_path: Path, name: str
) -> None:
    (tmp_path / "kathleen" / name).unlink()
    with pytest.raises(VoiceDamaged) as caught:
        shelf.get("kathleen")
    assert name in caught.value.reason


@pytest.mark.parametrize("value", [None, "fast", float("nan"), -1])
def test_traits_that_are_no_numbers_are_refused(
    shelf: VoiceShelf, tmp_path: Path, value: object
) -> None:
    change(tmp_path / "kathleen" / "profile.json", rate=value)
    with pytest.raises(VoiceDamaged):
        shelf.get("kathleen")
