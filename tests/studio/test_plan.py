"""The plan: what is spoken, how it opens, and the pause after it."""

import pytest

from narrator.book.model import Book, Chapter, Paragraph
from narrator.errors import ChapterOutOfRange
from narrator.speech import Opening, Pronunciation, Prosody, VoiceRef
from narrator.studio.plan import Choices, PlannedSentence, plan_book

VOICE = VoiceRef("kathleen", "f1")


def book_of(*chapters: list[Paragraph]) -> Book:
    titles = [f"Part {number}" for number in range(1, len(chapters) + 1)]
    made = tuple(
        Chapter(title, tuple(paragraphs))
        for title, paragraphs in zip(titles, chapters, strict=True)
    )
    return Book("A Book", ("A. Writer",), "en", None, made)


def sentences_of(
    *paragraphs: Paragraph, speed: float = 1.0, own: tuple[Pronunciation, ...] = ()
) -> list[PlannedSentence]:
    choices = Choices(VOICE, Prosody(speed=speed), own)
    return list(plan_book(book_of(list(paragraphs)), choices).chapters[0].sentences())


def test_a_heading_a_paragraph_and_a_sentence_open_each_in_their_own_way() -> None:
    planned = sentences_of(Paragraph("The Letters", heading=True), Paragraph("It rained. He ran."))
    assert [sentence.utterance.opening for sentence in planned] == [
        Opening.HEADING,
        Opening.PARAGRAPH,
        Opening.SENTENCE,
    ]


def test_pauses_grow_from_clause_to_sentence_to_paragraph_to_heading_to_chapter() -> None:
    planned = sentences_of(
        Paragraph("The Letters", heading=True),
        Paragraph("It rained. He ran."),
        Paragraph("The end."),
    )
    heading, sentence, paragraph, chapter = (part.pause_after for part in planned)
    assert sentence < paragraph < heading < chapter


@pytest.mark.parametrize(
    ("text", "pause"),
    [
        ("“It rained.” He ran.", 0.4),
        ("“Did it rain?” He ran.", 0.4),
        ("It rained… He ran.", 0.6),
        ("It rained... He ran.", 0.6),
    ],
)
def test_the_pause_follows_the_punctuation_under_the_closing_quotes(
    text: str, pause: float
) -> None:
    assert sentences_of(Paragraph(text))[0].pause_after == pause


def test_pauses_are_whole_slots_of_100_ms_and_shrink_with_speed() -> None:
    text = Paragraph("It rained. He ran. He fell.")
    fast = sentences_of(text, speed=1.7)
    for sentence in fast:
        assert round(sentence.pause_after * 10) == pytest.approx(sentence.pause_after * 10)
    assert fast[0].pause_after < sentences_of(text)[0].pause_after


def test_a_row_of_stars_is_a_long_pause_and_no_utterance() -> None:
    planned = sentences_of(Paragraph("It rained."), Paragraph("* * *"), Paragraph("He ran."))
    assert [sentence.utterance.text for sentence in planned] == ["It rained.", "He ran."]
    assert planned[0].pause_after == 1.8


def test_stars_before_the_first_sentence_are_passed_over() -> None:
    planned = sentences_of(Paragraph("***"), Paragraph("It rained."))
    assert [sentence.utterance.text for sentence in planned] == ["It rained."]


def test_a_pronunciation_changes_only_the_sentences_that_hold_its_word() -> None:
    own = (Pronunciation("Keeper", ("K", "IY1", "P", "ER0")),)
    first, second = sentences_of(Paragraph("The keeper came. He sat."), own=own)
    assert first.utterance.pronunciations == own
    assert second.utterance.pronunciations == ()


def test_chapters_are_chosen_by_their_number_in_the_book() -> None:
    book = book_of(*[[Paragraph(f"Sentence {n}.")] for n in range(1, 6)])
    plan = plan_book(book, Choices(VOICE), ranges=[(1, 1), (3, 4)])
    assert [chapter.number for chapter in plan.chapters] == [1, 3, 4]
    assert plan.of_chapters == 5


@pytest.mark.parametrize("bounds", [(0, 1), (2, 2), (1, 999_999_999)])
def test_a_chapter_the_book_does_not_have_is_refused_by_number(bounds: tuple[int, int]) -> None:
    with pytest.raises(ChapterOutOfRange) as caught:
        plan_book(book_of([Paragraph("It rained.")]), Choices(VOICE), ranges=[bounds])
    assert caught.value.chapters == 1


def test_walking_a_chapter_twice_gives_the_same_utterances() -> None:
    chapter = plan_book(book_of([Paragraph("It rained. He ran.")]), Choices(VOICE)).chapters[0]
    assert list(chapter.sentences()) == list(chapter.sentences())


def test_a_notice_is_said_before_all_else_and_once() -> None:
    book = book_of(*[[Paragraph(f"Sentence {n}.")] for n in range(1, 4)])
    plan = plan_book(book, Choices(VOICE), ranges=[(2, 3)], notice="Read by an AI.")
    first, second = (list(chapter.sentences()) for chapter in plan.chapters)
    assert [part.utterance.text for part in first] == ["Read by an AI.", "Sentence 2."]
    assert first[0].utterance.opening is Opening.PARAGRAPH
    assert [part.utterance.text for part in second] == ["Sentence 3."]
