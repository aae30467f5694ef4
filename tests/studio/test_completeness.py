"""Whether a book is spoken whole: what is missing comes first, what is suspect after it."""

import threading
from pathlib import Path

import pytest
from fake_voice import phonemize

from narrator.book.model import Book, Chapter, Paragraph
from narrator.cli import main as cli
from narrator.errors import Cancelled
from narrator.speech import Prosody
from narrator.studio.checking import completeness
from narrator.studio.checking.completeness import MISSING, Completeness, look_over
from narrator.studio.checking.proof import Verdict
from narrator.studio.plan import Choices, Plan, plan_book
from narrator.studio.speaking import line
from narrator.studio.studio import Studio

TEXT = "It rained. He ran home. She waited."
BOOK = Book("The Keeper", (), "en", None, (Chapter("One", (Paragraph(TEXT),)),))


@pytest.fixture(autouse=True)
def _proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake voice buzzes, so no recogniser hears words in it: one sentence is the suspect."""

    def prove(segment: object, phonemes: object, *_: object, speed: float) -> Verdict:
        return Verdict(
            "it breaks off" if phonemes == phonemize("He ran home.", opening=None) else ""
        )  # type: ignore[arg-type]

    monkeypatch.setattr(completeness, "prove", prove)


def planned(studio: Studio, speed: float = 1.0) -> Plan:
    choices = Choices(studio.voices.get("kathleen").ref, Prosody(speed=speed))
    return plan_book(BOOK, choices)


def narrated(studio: Studio, text: str) -> None:
    list(line.say(text, "kathleen", studio, device="cpu", stop=threading.Event()))


def test_a_book_that_was_not_narrated_misses_every_sentence(studio: Studio) -> None:
    found = look_over(planned(studio), studio)
    assert found.sentences == 3
    assert [doubt.reason for doubt in found.doubts] == [MISSING] * 3
    assert not found.is_complete


def test_missing_sentences_come_before_suspect_ones(studio: Studio) -> None:
    narrated(studio, "It rained. He ran home.")
    told: list[Completeness] = []
    found = look_over(planned(studio), studio, on_chapter=lambda one, _: told.append(one))
    assert [(doubt.text, doubt.reason) for doubt in found.doubts] == [
        ("She waited.", MISSING),
        ("He ran home.", "it breaks off"),
    ]
    assert [one.sentences for one in told] == [3]


def test_another_speed_is_another_narration(studio: Studio) -> None:
    narrated(studio, TEXT)
    assert len(look_over(planned(studio, speed=1.5), studio).doubts) == 3
    assert Prosody().speed == 1.0


def test_nothing_is_complete_that_has_no_sentence() -> None:
    assert not Completeness(0, ()).is_complete
    assert Completeness(1, ()).is_complete


def test_it_can_be_stopped(studio: Studio) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(Cancelled):
        look_over(planned(studio), studio, stop=stop)


def test_the_command_line_lists_what_to_look_at(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "book.md"
    path.write_text(f"# The Keeper\n\n## One\n\n{TEXT}\n\n## Two\n\nAll slept.\n", "utf-8")
    narrated(studio, "It rained. She waited.")
    assert cli.main(["check", str(path)], lambda _: studio, lambda *_: 0) == 3
    told = capsys.readouterr()
    assert "chapter 1: He ran home. (it is not spoken)" in told.out
    assert "2 of 6 sentences are spoken" in told.out
    assert "One: 4 sentences, " in told.err
