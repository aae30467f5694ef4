"""Narrate a book from start to end, in one or several formats, written while it is spoken.

Run again it goes on: finished files are kept, sentences spoken before come from the cache.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from narrator.audio.levels import LOUDNESS
from narrator.book.model import Book
from narrator.disk import free_bytes, sweep_temporaries
from narrator.errors import DiskFull
from narrator.profiles.profile import VoiceProfile
from narrator.profiles.records import ConsentRecord
from narrator.speech import Prosody
from narrator.studio.narrating.commission import ChapterWork, Commission, Output, numbers_of
from narrator.studio.narrating.formats import FORMATS
from narrator.studio.narrating.outputs import Record
from narrator.studio.narrating.run import Finished, Listener, Narration, Run
from narrator.studio.plan import Choices, PlannedChapter, plan_book
from narrator.studio.speaking.cache import segment_key
from narrator.studio.studio import Studio


@dataclass(frozen=True)
class Order:
    """What the user asks for. ranges: first and last chapter, from 1; None is the whole book.

    notice: whether the first file begins by saying that an AI reads; None: where the voice is a
    replica. Only a user who keeps the files to himself may leave it out there. formats: names in
    `FORMATS`. loudness: a name in `LOUDNESS`. source: the book's file, for a read-along. words:
    whether subtitles and read-along tell words apart.
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


def narrate(
    book: Book, order: Order, studio: Studio, listener: Listener, stop: threading.Event
) -> Narration:
    """Speak the chapters of `book` into files in `order.folder`, and give what became of each.

    What holds a chapter with a sentence that cannot be spoken is not written, the others go on.
    `stop` ends the work after the sentence at hand. Raises ChapterOutOfRange, VoiceError, DiskFull,
    FolderNotWritable, what keeps the engine from working, and the reason of three failures in a
    row; KeyError for a format or a loudness that there is not.
    """
    voice = studio.voices.get(order.voice)
    choices = Choices(voice.ref, Prosody(speed=order.speed))
    plan = plan_book(book, choices, ranges=order.ranges, notice=_notice(voice, order.notice))
    voicing = studio.voicing(order.device)
    commission = Commission(
        book=book,
        source=order.source,
        chapters=[_work(chapter, voicing.pipeline) for chapter in plan.chapters],
        of_chapters=plan.of_chapters,
        narrator=voice.title,
        kind=voice.kind,
        phonemize=voicing.phonemize,
        words=order.words,
        folder=order.folder,
        profile=LOUDNESS[order.loudness],
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
            listener.on_finished(Finished(paths, numbers_of(output), kept=True))
        else:
            to_write.append(output)
    if to_write:
        _check_room(order.folder, to_write)
        run = Run(to_write, commission, record, result, listener, stop)
        run.speak(voicing, studio.cache)
    return result


def _notice(voice: VoiceProfile, asked: bool | None) -> str:
    if not (voice.is_replica if asked is None else asked):
        return ""
    if isinstance(voice.origin, ConsentRecord):
        speaker = voice.origin.facts.speaker
        return f"This audiobook is read by an authorised AI replica of {speaker}'s voice."
    return "This audiobook is read by an AI voice."


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
