"""narrator check: figures with their limits, an exit code, a report that says no more than that."""

import json
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fake_voice import KEY

from narrator.audio.encode import write_wav
from narrator.audio.watermark.marked import mark
from narrator.cli import main as cli
from narrator.speech import Audio
from narrator.studio.studio import Studio

sys.path.insert(0, str(Path(__file__).parent.parent / "audio"))
from chapter_files import written
from speechlike import speechlike

Run = Callable[..., int]
HUMAN = "ACX requires human narration"


@pytest.fixture
def check(studio: Studio) -> Run:
    return lambda *words: cli.main(["check", *map(str, words)], lambda _: studio, lambda *_: 0)


class Page(HTMLParser):
    """What a page is made of: its tags with their attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_good_file_meets_the_figures_and_is_not_called_more(
    check: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(written(tmp_path / "a.mp3")) == 0
    told = capsys.readouterr().out
    assert "a.mp3: meets ACX technical figures\n" in told
    assert HUMAN in told
    assert not any(word in told.lower() for word in ("ready", "approved", "accepted"))
    assert "192 kbit/s" in told
    assert "AI labels: none" in told


def test_a_failed_figure_is_told_with_value_and_limit(
    check: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(written(tmp_path / "a.mp3", kbps=128)) == 3
    told = capsys.readouterr().out
    assert "outside ACX technical figures (bit rate)" in told
    (line,) = [line for line in told.splitlines() if line.startswith("  failed")]
    assert "128 kbit/s" in line
    assert "at least 192 kbit/s" in line


def test_our_own_speech_is_told_by_mark_and_labels(
    check: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_wav(tmp_path / "ours.wav", [mark(Audio(speechlike(8)), key=KEY)])
    assert check(tmp_path / "ours.wav", "--profile", "podcast") == 3
    told = capsys.readouterr().out
    assert "synthetic speech made by narrator" in told
    assert "AI_GENERATED=1, VOICE_TYPE=AI Voice" in told
    assert "podcast loudness figures" in told
    assert HUMAN not in told


@pytest.mark.parametrize(("shape", "figure"), [({"channels": 2}, "channels"), ({}, "")])
def test_the_files_of_one_book_must_be_alike(
    check: Run,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    shape: dict[str, int],
    figure: str,
) -> None:
    paths = written(tmp_path / "1.mp3"), written(tmp_path / "2.mp3", **shape)
    assert check(*paths) == (3 if figure else 0)
    told = capsys.readouterr().out
    assert "2 of 2 files meet ACX technical figures." in told
    assert (f"The files differ in {figure}" in told) == bool(figure)


def test_json_holds_every_figure(check: Run, tmp_path: Path) -> None:
    report = tmp_path / "out" / "report.json"
    assert check(written(tmp_path / "a.mp3", tone_db=-50), "--json", report) == 3
    found = json.loads(report.read_text("utf-8"))
    assert (found["target"], found["passed"], found["unreadable"]) == ("acx", False, [])
    assert any(HUMAN in sentence for sentence in found["summary"])
    (file,) = found["files"]
    assert file["statement"] == "outside ACX technical figures (noise floor)"
    floor = file["figures"]["noise floor"]
    assert floor["value"] == pytest.approx(-50.5, abs=1)
    assert (floor["limit"], floor["unit"], floor["outcome"]) == ([None, -60.0], "dB RMS", "failed")
    assert file["figures"]["true peak"]["outcome"] == "no limit"
    assert file["watermark"]["found"] is False
    assert len(file["figures"]) == 13


def test_the_page_stands_alone_and_can_be_read_aloud(check: Run, tmp_path: Path) -> None:
    strange = tmp_path / "<b>a & b.mp3"
    report = tmp_path / "report.html"
    assert check(written(strange, kbps=128), tmp_path / "none.mp3", "--html", report) == 1
    page = Page(report.read_text("utf-8"))
    names = [tag for tag, _ in page.tags]
    assert ("html", {"lang": "en"}) in page.tags
    assert {"title", "main", "h1", "caption"} <= set(names)
    assert not {"script", "link", "img", "b"} & set(names)
    assert all(
        attributes.get("scope") in ("row", "col") for tag, attributes in page.tags if tag == "th"
    )
    assert "<b>a & b.mp3" in page.text
    assert "outside ACX technical figures (bit rate)" in page.text
    assert HUMAN in page.text
    assert "none.mp3: there is no such file" in page.text


def test_what_is_no_sound_is_one_sentence_each_and_the_rest_is_checked(
    check: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.mp3").touch()
    (tmp_path / "text.wav").write_text("no sound " * 200)
    bad = [tmp_path / "empty.mp3", tmp_path / "text.wav", tmp_path, tmp_path / "none.flac"]
    assert check(*bad, written(tmp_path / "a.mp3")) == 1
    told = capsys.readouterr()
    sentences = told.err.splitlines()
    assert len(sentences) == len(bad)
    assert all("cannot be read as sound, because " in sentence for sentence in sentences)
    assert "meets ACX technical figures" in told.out


def test_a_sound_file_is_never_replaced_by_a_report(
    check: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "a.mp3")
    with pytest.raises(SystemExit) as left:
        check(path, "--json", path)
    assert left.value.code == 2
    assert "does not end with .json" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_one_sentence(
    check: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "report.json").mkdir()
    assert check(written(tmp_path / "a.mp3"), "--json", tmp_path / "report.json") == 1
    assert capsys.readouterr().err.count("\n") == 1
