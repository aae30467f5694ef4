"""Every named error has its words: what is wrong, and what to do."""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from narrator import errors
from narrator.errors import NarratorError
from narrator.settings import resource
from narrator.words import explain
from narrator.words.phrases import Translate, in_english

EXAMPLES: dict[object, object] = {
    Path: Path("/books/The Keeper.epub"),
    str: "the reason it gave.",
    int: 7,
    float: 7.0,
    bool: False,
    tuple[str, ...]: ("kathleen", "walter"),
}
BLAME = ("you ", "your ", "invalid", "illegal", "bad ", "wrong", "fatal", "error", "exception")


def subclasses(kind: type[NarratorError]) -> Iterator[type[NarratorError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from subclasses(child)


def example(kind: type[NarratorError]) -> NarratorError:
    if not is_dataclass(kind):
        return kind()
    values = {
        field.name: EXAMPLES[field.type] for field in fields(kind) if field.default is MISSING
    }
    return kind(**values)


def in_language(path: Path) -> Translate:
    """The texts of a catalogue; what it lacks stays English."""
    texts = {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in ElementTree.parse(path).iter("message")
    }
    return lambda _, text: texts.get(text) or text


CATALOGUES = sorted(resource("resources/translations").glob("narrator_*.ts"))
LANGUAGES = {"en": in_english} | {
    path.stem.partition("_")[2]: in_language(path) for path in CATALOGUES
}
NAMED = sorted(set(subclasses(NarratorError)), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", NAMED, ids=lambda kind: kind.__name__)
def test_every_error_is_one_sentence_with_a_next_step_and_no_blame(
    kind: type[NarratorError],
) -> None:
    said = explain(example(kind))
    assert said.endswith(".")
    assert ": " in said
    assert "\n" not in said
    assert "None" not in said
    assert ".:" not in said
    assert ".)" not in said
    assert not any(word in f" {said.lower()}" for word in BLAME)


def test_no_two_errors_share_their_words() -> None:
    named = [kind for kind in NAMED if is_dataclass(kind)]
    assert len({explain(example(kind)) for kind in named}) == len(named)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "kind", [kind for kind in NAMED if is_dataclass(kind)], ids=lambda kind: kind.__name__
)
def test_the_words_hold_the_facts(kind: type[NarratorError], language: str) -> None:
    facts = [field.name for field in fields(kind) if field.default is MISSING]  # type: ignore[arg-type]
    error = example(kind)
    said = explain(error, LANGUAGES[language])
    assert said.endswith(".")
    for name in facts:
        value = getattr(error, name)
        if kind is errors.SentencesFailed and name == "sentences":
            value = value[0]
        number = f"{value:g}" if isinstance(value, float) else str(value).rstrip(".")
        shown = ", ".join(value) if isinstance(value, tuple) else number
        assert shown in said


@pytest.mark.parametrize("kind", NAMED, ids=lambda kind: kind.__name__)
def test_no_part_of_a_sentence_is_left_out_of_its_translation(kind: type[NarratorError]) -> None:
    said = explain(example(kind), lambda _, text: f"‹{text}›")
    assert (said[0], said[-1]) == ("‹", "›")


def test_an_error_is_told_in_german() -> None:
    said = explain(errors.NothingToSay("…"), LANGUAGES["de"])
    assert said == "In „…“ gibt es nichts zu sprechen: Gib ein paar Wörter an."


def test_an_error_is_told_in_english_where_nobody_translates() -> None:
    assert explain(errors.NothingToSay("…")) == ("There is nothing to say in “…”: give some words.")


def test_a_long_text_is_quoted_by_its_beginning_on_one_line() -> None:
    said = explain(errors.NothingToSay("…\n" * 400))
    assert len(said) < 160
    assert "\n" not in said


def test_the_room_needed_is_told_in_megabytes() -> None:
    assert "1,234 MB" in explain(errors.DiskFull(Path("/out"), 1_234_000_000))


def test_the_other_failed_sentences_are_counted() -> None:
    assert "“It rained.” and 2 more" in explain(
        errors.SentencesFailed("One", ("It rained.", "b", "c"))
    )


def test_a_voice_asked_for_where_none_is_installed_is_no_list_of_nothing() -> None:
    assert "none is installed" in explain(errors.UnknownVoice("walter", ()))


def test_a_folder_is_not_called_missing() -> None:
    assert "is a folder" in explain(errors.BookNotFound(Path("/books"), is_folder=True))
