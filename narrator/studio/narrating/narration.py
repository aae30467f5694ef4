"""Narrate a book or a project from start to end, in one or several formats, as it is spoken.

Run again it goes on: finished files are kept, sentences spoken before come from the cache.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from narrator.audio.levels import LOUDNESS
from narrator.audio.watermark.grid import VoiceKind
from narrator.book.model import Book, Details, known_of
from narrator.book.reader import read_book
from narrator.disk import free_bytes, sweep_temporaries
from narrator.errors import DiskFull
from narrator.profiles.profile import VoiceProfile
from narrator.project.model import Facts, Manuscript
from narrator.speech import Prosody, VoiceRef
from narrator.studio.narrating.commission import ChapterWork, Commission, Output, numbers_of
from narrator.studio.narrating.credits import Reader, with_credits
from narrator.studio.narrating.formats import FORMATS
from narrator.studio.narrating.gate import Gate
from narrator.studio.narrating.names import DEFAULT_NAME, Naming
from narrator.studio.narrating.notice import notice_of
from narrator.studio.narrating.outputs import Record
from narrator.studio.narrating.run import Finished, Listener, Narration, Run
from narrator.studio.plan import Choices, Plan, PlannedChapter, plan_book
from narrator.studio.pronouncing import NAME, Pronouncer
from narrator.studio.script import plan_manuscript
from narrator.studio.speaking.cache import segment_key
from narrator.studio.studio import Studio


@dataclass(frozen=True)
class Order:
    """What the user asks for. ranges: first and last chapter, from 1; None is the whole book.

    notice: whether the first file begins by saying that an AI reads; None: where the voice is a
    replica. Only a user who keeps the files to himself may leave it out there. formats: names in
    `FORMATS`. loudness: a name in `LOUDNESS`. source: the book's file, for a read-along. words:
    whether subtitles and read-along tell words apart. name: a template for the names of chapters'
    files, as `Naming` takes it. details: what is known of the book beside what it says itself.
    credits: whether spoken credits stand before and after it, in files of their own.
    """

    folder: Path
    voice: str
    speed: float = 1.0
    device: str = "auto"
    ranges: Sequence[tuple[int, int]] | None = None
    notice: bool | None = None
    formats: Sequence[str] = ("mp3",)
    loudness: str = "acx"
    source: Path | None = None
    words: bool = False
    name: str = DEFAULT_NAME
    details: Details = field(default_factory=Details)
    credits: bool = False


def narrate(
    book: Book,
    order: Order,
    studio: Studio,
    listener: Listener,
    stop: threading.Event,
    gate: Gate | None = None,
) -> Narration:
    """Speak the chapters of `book` into files in `order.folder`, and give what became of each.

    What holds a chapter with a sentence that cannot be spoken is not written, the others go on.
    `stop` ends the work after the sentence at hand, `gate` holds it there. Raises
    ChapterOutOfRange, UnknownNameField, VoiceError, DiskFull, FolderNotWritable, what keeps the
    engine from working, and the reason of three failures in a row; KeyError for a format or a
    loudness that there is not.
    """
    voice = studio.voices.get(order.voice)
    choices = Choices(voice.ref, Prosody(speed=order.speed))
    notice = notice_of([voice], asked=order.notice)
    plan = plan_book(book, choices, ranges=order.ranges, notice=notice)
    narrating = _Narrating(order, studio, listener, stop, gate or Gate())
    return narrating.write(book, plan, voice, voice.kind)


def narrate_manuscript(
    manuscript: Manuscript,
    order: Order,
    studio: Studio,
    listener: Listener,
    stop: threading.Event,
    gate: Gate | None = None,
) -> Narration:
    """Speak what `manuscript` includes, as it is cast and edited there; else as `narrate`.

    It says itself who speaks, how fast and which chapters: voice, speed and ranges of the order do
    not count. A read-along needs `order.source`, and raises what reading that raises.
    """
    profiles = cache(studio.voices.get)

    def voices(name: str) -> VoiceRef:
        return profiles(name).ref

    book = _book_of(manuscript.facts, order)
    narrator = profiles(manuscript.facts.voice)
    everywhere = Pronouncer(studio.folders.data / NAME).all()
    plan = plan_manuscript(manuscript, voices, everywhere)
    said = (sentence for chapter in plan.chapters for sentence in chapter.sentences())
    heard = [profiles(name) for name in dict.fromkeys(one.utterance.voice.name for one in said)]
    if notice := notice_of(heard, asked=order.notice):
        plan = plan_manuscript(manuscript, voices, everywhere, notice=notice)
    kinds = {voice.kind for voice in (*heard, narrator)}
    kind = VoiceKind.REPLICA if VoiceKind.REPLICA in kinds else VoiceKind.STOCK
    narrating = _Narrating(order, studio, listener, stop, gate or Gate())
    return narrating.write(book, plan, narrator, kind)


class _Narrating(NamedTuple):
    """What every narration is handed."""

    order: Order
    studio: Studio
    listener: Listener
    stop: threading.Event
    gate: Gate

    def write(self, book: Book, plan: Plan, narrator: VoiceProfile, kind: VoiceKind) -> Narration:
        """Write what is not there yet."""
        order = self.order
        book = replace(book, details=known_of(book.details, order.details))
        naming = Naming(
            order.name,
            book.title,
            ", ".join(book.authors),
            plan.of_chapters,
            tuple(chapter.title for chapter in plan.chapters),
        )
        if order.credits:
            choices = Choices(narrator.ref, Prosody(speed=order.speed))
            plan = with_credits(plan, book, Reader(narrator.title, kind, choices))
        voicing = self.studio.voicing(order.device)
        commission = Commission(
            book=book,
            source=order.source,
            chapters=[_work(chapter, voicing.pipeline) for chapter in plan.chapters],
            of_chapters=plan.of_chapters,
            narrator=narrator.title,
            kind=kind,
            phonemize=voicing.phonemize,
            words=order.words,
            folder=order.folder,
            profile=LOUDNESS[order.loudness],
            naming=naming,
            credits=order.credits,
        )
        asked = [FORMATS[name] for name in dict.fromkeys(order.formats)]
        record = Record(order.folder)
        record.save()
        sweep_temporaries(order.folder)
        result = Narration()
        to_write: list[Output] = []
        for output in (output for form in asked for output in form.outputs(commission)):
            if paths := record.holding(output.content):
                result.kept += paths
                self.listener.on_finished(Finished(paths, numbers_of(output), kept=True))
            else:
                to_write.append(output)
        if to_write:
            _check_room(order.folder, to_write)
            run = Run(to_write, commission, record, result, self.listener, self.stop, self.gate)
            run.speak(voicing, self.studio.cache)
        return result


def _book_of(facts: Facts, order: Order) -> Book:
    """Give the book as its files shall tell of it; with its text where that is asked for."""
    book = read_book(order.source) if order.source and "readalong" in order.formats else None
    return Book(
        title=facts.title,
        authors=facts.authors,
        language=facts.language,
        cover=facts.cover,
        chapters=book.chapters if book else (),
        details=Details(
            subtitle=facts.subtitle,
            series=facts.series,
            series_number=facts.series_number,
            date=facts.year,
            description=facts.description,
        ),
    )


def _work(chapter: PlannedChapter, pipeline: str) -> ChapterWork:
    digest = blake2b(digest_size=16)
    sentences = characters = 0
    for sentence in chapter.sentences():
        key = segment_key(sentence.utterance, pipeline)
        digest.update(f"\n{key} {sentence.pause_after}".encode())
        sentences += 1
        characters += len(sentence.utterance.text)
    return ChapterWork(chapter, digest.hexdigest(), sentences, characters)


def _check_room(folder: Path, outputs: Sequence[Output]) -> None:
    needed = sum(output.bytes_needed for output in outputs)
    if free_bytes(folder) < needed:
        raise DiskFull(folder, needed)
