"""From a project to what is spoken: voices, takes, pronunciations and pauses."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from narrator.book.model import Book, Chapter, Paragraph
from narrator.errors import UnknownVoice
from narrator.project import model
from narrator.project.model import Character, Entry, Facts, Manuscript, Sentence, Take
from narrator.speech import Opening, Pronunciation, Prosody, Utterance, VoiceRef
from narrator.studio.plan import AFTER_CHAPTER, SCENE, Choices, PlannedSentence, plan_book
from narrator.studio.script import plan_manuscript, script_of, utterance_of

LETTERS = model.Chapter(7, 1, "The Letters", True, None, 0, 0)
LIGHTHOUSE = model.Chapter(9, 2, "The Lighthouse", True, "alba", 0, 0)


def voice(name: str) -> VoiceRef:
    if name == "gone":
        raise UnknownVoice(name, ("kathleen",))
    return VoiceRef(name, f"f {name}")


def manuscript(
    sentences: Iterable[Sentence],
    chapter: model.Chapter = LETTERS,
    cast: tuple[Character, ...] = (),
    entries: tuple[Entry, ...] = (),
) -> Manuscript:
    facts = Facts("A Book", "kathleen")
    return Manuscript(facts, cast, entries, ((chapter, tuple(sentences)),), 3)


def of_texts(*texts: str, chapter: int = LETTERS.id) -> list[Sentence]:
    return [Sentence(100 + n, chapter, n, text, text) for n, text in enumerate(texts)]


def script(sentences: Iterable[Sentence], **rest: object) -> tuple[PlannedSentence, ...]:
    made = manuscript(sentences, **rest)  # type: ignore[arg-type]
    return script_of(made, made.chapters[0][0].id, voice)


def pauses(sentences: Iterable[Sentence]) -> list[float]:
    return [planned.pause_after for planned in script(sentences)]


def project_of(book: Book) -> list[Sentence]:
    """The sentences of the first chapter, as a new project has them."""
    sentences: list[Sentence] = []
    for paragraph in book.chapters[0].paragraphs:
        first = len(sentences)
        for text in paragraph.sentences:
            within = Opening.SENTENCE if len(sentences) > first else Opening.PARAGRAPH
            opens = Opening.HEADING if paragraph.heading else within
            number = len(sentences)
            sentences.append(Sentence(number + 1, LETTERS.id, number, text, text, opens))
        sentences[-1] = replace(sentences[-1], ends_paragraph=True)
    return sentences


def test_a_book_sounds_the_same_through_a_project_as_without_one() -> None:
    paragraphs = (
        Paragraph("Chapter One. The Letters", heading=True),
        Paragraph("It rained. He waited… “Was anyone there?” Nobody; the"),
        Paragraph("***"),
        Paragraph("Morning came. The end."),
    )
    book = Book("A Book", (), "en", None, (Chapter("The Letters", paragraphs),))
    plain = list(plan_book(book, Choices(voice("kathleen"))).chapters[0].sentences())
    planned = script(project_of(book))
    assert [part._replace(id=0) for part in planned] == plain
    assert SCENE in [part.pause_after for part in planned]
    assert all(part.id for part in planned)


def test_the_nearest_choice_of_a_voice_counts() -> None:
    narrated, cast, own = of_texts("It rained.", "Who is there?", "Nobody.", chapter=LIGHTHOUSE.id)
    said = [
        narrated,
        replace(cast, character="The keeper"),
        replace(own, character="The keeper", takes=(Take("bryce"),)),
        replace(narrated, id=110, character="Somebody uncast"),
    ]
    planned = script(said, chapter=LIGHTHOUSE, cast=(Character("The keeper", "danny"),))
    names = [part.utterance.voice.name for part in planned]
    assert names == ["alba", "danny", "bryce", "alba"]
    assert script(of_texts("It rained."))[0].utterance.voice == voice("kathleen")


def test_the_chosen_take_decides_prosody_and_reading() -> None:
    (sentence,) = of_texts("It rained.")
    fast = Take(prosody=Prosody(speed=1.5), reading=3)
    (planned,) = script([replace(sentence, takes=(Take(), fast), chosen=1)])
    assert planned.utterance.prosody == Prosody(speed=1.5)
    assert planned.utterance.take == 3


def test_pronunciations_apply_where_their_word_occurs_and_the_nearest_counts() -> None:
    def said(word: str, symbol: str) -> Pronunciation:
        return Pronunciation(word, (symbol,))

    rained, ran = of_texts("It rained on Leigh.", "Leigh ran.")
    entries = (
        Entry(1, said("Leigh", "B"), "lee"),
        Entry(2, said("LEIGH", "S"), "lay", sentence=rained.id),
        Entry(3, said("harbour", "B"), "harbour"),
    )
    made = manuscript([rained, ran], entries=entries)
    everywhere = (said("leigh", "E"), said("ran", "E"), said("sea", "E"))
    planned = script_of(made, LETTERS.id, voice, everywhere)
    first, second = (part.utterance.pronunciations for part in planned)
    assert first == (said("LEIGH", "S"),)
    assert second == (said("Leigh", "B"), said("ran", "E"))


def test_a_pause_of_its_own_outdoes_every_rule() -> None:
    one, two, stars, three = of_texts("It rained.", "He ran.", "***", "The end.")
    assert pauses([one, two, stars, three]) == [0.4, SCENE, AFTER_CHAPTER]
    own = [replace(sentence, pause=0.93) for sentence in (one, two, stars, three)]
    assert pauses(own) == [0.9, 0.9, 0.9]
    assert pauses([replace(one, pause=0.0), two]) == [0.0, AFTER_CHAPTER]


def test_what_is_left_out_is_not_spoken_and_leaves_the_paragraph_its_pause() -> None:
    one, two, three, four = of_texts("It rained.", "He ran.", "A new day.", "The end.")
    two = replace(two, ends_paragraph=True, included=False)
    three = replace(three, opens=Opening.PARAGRAPH)
    planned = script([one, two, three, four])
    assert [part.id for part in planned] == [one.id, three.id, four.id]
    assert [part.pause_after for part in planned] == [0.7, 0.4, AFTER_CHAPTER]


def test_a_faster_take_is_followed_by_a_shorter_pause() -> None:
    one, two = of_texts("It rained.", "The end.")
    fast = replace(one, takes=(Take(prosody=Prosody(speed=2.0)),))
    assert pauses([fast, two])[0] == 0.2


def test_the_plan_has_all_chapters_and_the_notice_comes_first() -> None:
    first, second = of_texts("It rained."), of_texts("The end.", chapter=LIGHTHOUSE.id)
    made = replace(manuscript([]), chapters=((LETTERS, tuple(first)), (LIGHTHOUSE, tuple(second))))
    plan = plan_manuscript(made, voice, notice="An AI reads.")
    texts = [[part.utterance.text for part in one.sentences()] for one in plan.chapters]
    assert texts == [["An AI reads.", "It rained."], ["The end."]]
    assert [(one.number, one.title) for one in plan.chapters] == [
        (1, "The Letters"),
        (2, "The Lighthouse"),
    ]
    assert plan.of_chapters == 3


def test_one_sentence_alone_sounds_as_it_does_in_its_chapter() -> None:
    sentences = of_texts("It rained.", "He ran.", chapter=LIGHTHOUSE.id)
    made = manuscript(sentences, chapter=LIGHTHOUSE)
    alone = [utterance_of(sentence, made, voice) for sentence in sentences]
    assert alone == [part.utterance for part in script_of(made, LIGHTHOUSE.id, voice)]
    left_out = replace(sentences[0], chapter=50)
    assert utterance_of(left_out, made, voice) == Utterance("It rained.", voice("kathleen"))


def test_a_voice_or_a_chapter_that_is_not_there_is_told_by_name() -> None:
    (sentence,) = of_texts("It rained.")
    made = manuscript([replace(sentence, takes=(Take("gone"),))])
    with pytest.raises(UnknownVoice):
        script_of(made, LETTERS.id, voice)
    with pytest.raises(KeyError):
        script_of(made, 50, voice)
