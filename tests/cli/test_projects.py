"""A project of the window, named where a book may be named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from narrator.book.model import Book, Chapter, Paragraph
from narrator.cli import main as cli
from narrator.project.project import Project
from narrator.studio.studio import Studio

BOOK = Book("The Keeper", (), "en", None, (Chapter("One", (Paragraph("It rained. He ran."),)),))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "keeper.narrator"
    made = Project.create(path, BOOK, voice="kathleen")
    first, second = made.sentences(made.chapters[0].id)
    made.change_text(first.id, "It poured.")
    made.include([second.id], False)
    made.close()
    return path


@pytest.fixture
def run(studio: Studio) -> Callable[..., int]:
    return lambda *words: cli.main([*map(str, words)], lambda _: studio, lambda *_: 0)


def test_a_project_is_narrated_as_it_was_edited(
    run: Callable[..., int], project: Path, voice: object, tmp_path: Path
) -> None:
    assert run("narrate", project, "--out", tmp_path / "out") == 0
    assert voice.spoken == ["it poured"]  # type: ignore[attr-defined]
    assert [path.name for path in (tmp_path / "out").glob("*.mp3")] == ["01 - One.mp3"]


def test_a_project_is_checked_for_missing_sentences(
    run: Callable[..., int], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", project) == 3
    told = capsys.readouterr().out
    assert "It poured. (it is not spoken)" in told
    assert "He ran" not in told


def test_a_project_that_is_none_is_one_sentence(
    run: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "no.narrator"
    path.write_bytes(b"no project")
    assert run("narrate", path) == 1
    assert "no.narrator" in capsys.readouterr().err
