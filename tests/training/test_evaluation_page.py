"""The page for listeners: complete, readable without sight of the names, and marked."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
import soundfile

from narrator.errors import MarkFailed
from narrator.speech import HOP, SAMPLE_RATE
from narrator.training.corpus import Clip
from narrator.training.evaluation import page
from narrator.training.evaluation.page import SCALE, write_page
from narrator.training.evaluation.sentences import Sentence
from narrator.training.evaluation.systems import HUMAN

TEXT = 'She said "<no>" & left.'
OURS = {"narrator, anna": 150.0, "copy-synthesis": 190.0}


def buzz(hz: float) -> np.ndarray:
    """Two seconds of a tone that comes and goes as syllables do."""
    time = np.arange(160 * HOP) / SAMPLE_RATE
    tone = sum(np.sin(2 * np.pi * hz * n * time) / n for n in range(1, 40))
    return (0.1 * tone * (1.2 + np.sin(2 * np.pi * 4 * time))).astype(np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one clip."""
    folder = tmp_path_factory.mktemp("corpus")
    soundfile.write(folder / "a.wav", buzz(120), SAMPLE_RATE)
    return folder


def write(folder: Path, place: Path) -> str:
    clip = Clip("a.wav", "x", "mine", "CC0", "f", 2.0, 12_000.0, "valid", TEXT)
    sentence = Sentence(clip, buzz(120), np.zeros((80, 160), np.float16))
    ours = {name: lambda _, hz=hz: buzz(hz) for name, hz in OURS.items()}
    speakers = {HUMAN: lambda given: given.audio} | ours
    tables = {"words": {"narrator, anna": {"word errors": 0.2}}}
    return write_page(place, folder, [sentence], speakers, tables).read_text("utf-8")


@pytest.fixture(scope="module")
def plain(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page written where there is no ffmpeg."""
    place = tmp_path_factory.mktemp("page")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page.shutil, "which", lambda _: None)
        write(folder, place)
    return place


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def test_every_speaker_can_be_heard_and_judged(plain: Path) -> None:
    html = Elements((plain / "index.html").read_text("utf-8"))
    players, scores = html.named("audio"), html.named("input")
    assert len(players) == len(OURS)
    assert len(scores) == len(players) * len(SCALE)
    for player in players:
        assert player["aria-label"]
        samples, rate = soundfile.read(plain / str(player["src"]))
        assert rate == SAMPLE_RATE
        assert 2 <= len(samples) / rate < 2.2
    for picture in html.named("img"):
        assert picture["alt"]
        assert (plain / str(picture["src"])).stat().st_size > 100
    assert len({score["name"] for score in scores}) == len(players)
    assert {score["value"] for score in scores} == {"1", "2", "3", "4", "5"}
    assert len(html.named("label")) == len(scores)


def test_the_page_needs_no_other_machine(plain: Path) -> None:
    text = (plain / "index.html").read_text("utf-8")
    assert not re.search(r"(src|href)=\"(https?:)?//", text)
    assert "@import" not in text
    assert "She said &quot;&lt;no&gt;&quot; &amp; left." in text
    assert "<no>" not in text
    assert "<!-- sentences -->" not in text
    assert "<!-- tables -->" not in text
    assert "word errors" in text


def test_no_file_name_gives_a_speaker_away(plain: Path) -> None:
    names = [path.name for path in (plain / "files").iterdir()]
    assert len(names) == 2 * len(OURS)
    assert all(re.fullmatch(r"01-[0-9a-f]{8}\.(flac|png)", name) for name in names)


def test_what_narrator_made_says_so_itself(plain: Path) -> None:
    for path in (plain / "files").glob("*.flac"):
        with soundfile.SoundFile(path) as file:
            assert file.comment == "Synthetic speech, made by narrator"


def test_what_narrator_made_is_marked_before_it_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise MarkFailed("not today")

    monkeypatch.setattr(page, "mark", refused)
    monkeypatch.setattr(page.shutil, "which", lambda _: None)
    with pytest.raises(MarkFailed):
        write(folder, tmp_path)
    assert not list(tmp_path.rglob("*.flac"))


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
def test_the_human_recording_goes_from_file_to_file(folder: Path, tmp_path: Path) -> None:
    html = Elements(write(folder, tmp_path))
    human = next(item for item in html.named("li") if item["data-system"] == HUMAN)
    name = str(human["id"]).removeprefix("v")
    with soundfile.SoundFile(tmp_path / "files" / f"{name}.flac") as file:
        assert file.samplerate == SAMPLE_RATE
        assert "narrator" not in (file.comment or "")
