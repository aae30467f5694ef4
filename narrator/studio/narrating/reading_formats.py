"""Formats for those who read along: subtitles for each chapter, and an EPUB that lights up."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from narrator.audio.encode import Mp3Writer
from narrator.audio.tags import VOICE_TYPES
from narrator.book.aloud.readalong import write_readalong
from narrator.book.aloud.spoken import SpokenChapter
from narrator.disk import atomic_path, refusals_by_name
from narrator.studio.narrating.commission import ChapterWork, Commission, Output, Passage, Sink
from narrator.studio.narrating.outputs import safe_name
from narrator.studio.narrating.subtitles import WRITERS, About
from narrator.studio.narrating.transcript import Transcript
from narrator.studio.speaking.schedule import CHARACTERS_PER_SECOND

KBPS = 96  # of the sound inside the book: speech needs no more
SUBTITLE_BYTES = 4  # a spoken character
VERSION = 2  # to be raised when the same words would be written otherwise


@dataclass(frozen=True)
class SubtitleFormat:
    """Subtitles or lyrics, a file beside each chapter's sound; name: in `WRITERS`."""

    name: str

    def outputs(self, commission: Commission) -> Sequence[Output]:
        """Give a file a chapter."""
        return [SubtitleFile(self.name, commission, (work,)) for work in commission.chapters]


@dataclass(frozen=True)
class SubtitleFile:
    """The subtitles of one chapter."""

    name: str
    commission: Commission
    chapters: tuple[ChapterWork, ...]

    @property
    def title(self) -> str:
        """Of the chapter."""
        return self.chapters[0].chapter.title

    @property
    def content(self) -> str:
        """Fingerprint of the words and of how they are spoken."""
        return _fingerprint(self.name, self.commission, self.chapters)

    @property
    def bytes_needed(self) -> int:
        """About how much room it takes."""
        return SUBTITLE_BYTES * sum(work.characters for work in self.chapters)

    @property
    def path(self) -> Path:
        """Where it belongs."""
        name = self.commission.naming.chapter(self.chapters[0].chapter.number, self.title)
        return self.commission.folder / f"{name}{WRITERS[self.name].suffix}"

    @contextmanager
    def open(self) -> Iterator[Sink]:
        """Begin to listen; the file appears at the end."""
        commission, kind, path = self.commission, WRITERS[self.name], self.path
        listener = _Listener(commission, path)
        yield listener
        (chapter,) = listener.finish()
        book = commission.book
        about = About(book.title, ", ".join(book.authors), _narrator(commission))
        with atomic_path(path) as temporary:
            text = kind.text(chapter, about, words=commission.words)
            temporary.write_text(text, "utf-8", newline="")


@dataclass(frozen=True)
class ReadAlongFormat:
    """The book itself as EPUB 3, its sound inside, each sentence lit up as it is spoken."""

    name: str = "readalong"

    def outputs(self, commission: Commission) -> Sequence[Output]:
        """Give the one book."""
        return [ReadAlongBook(commission, commission.of_book)]


@dataclass(frozen=True)
class ReadAlongBook:
    """A book with media overlays."""

    commission: Commission
    chapters: tuple[ChapterWork, ...]

    @property
    def title(self) -> str:
        """Of the book."""
        return self.commission.book.title

    @property
    def content(self) -> str:
        """Fingerprint of the words, of how they are spoken, and of all that is said of the book."""
        book = self.commission.book
        cover = blake2b(book.cover.data).hexdigest() if book.cover else ""
        about = (book.language, book.details, cover)
        return _fingerprint("readalong", self.commission, self.chapters, *about)

    @property
    def bytes_needed(self) -> int:
        """About how much room it takes, twice: once as sound, once in the book."""
        characters = sum(work.characters for work in self.chapters)
        return round(2 * characters / CHARACTERS_PER_SECOND * KBPS * 1000 / 8)

    @property
    def path(self) -> Path:
        """Where it belongs."""
        name = safe_name(self.title, instead="book")
        return self.commission.folder / f"{name}.readalong.epub"

    @contextmanager
    def open(self) -> Iterator[Sink]:
        """Begin to write the sound; the book appears when all of it is there."""
        commission = self.commission
        if commission.source is None:
            raise ValueError("a read-along needs the file of the book")
        path = self.path
        with refusals_by_name(path):
            commission.folder.mkdir(parents=True, exist_ok=True)
            place = TemporaryDirectory(prefix=".narrator-", dir=commission.folder)
        with place as folder, ExitStack() as files:
            listener = _Listener(commission, path, sound=Path(folder), files=files)
            yield listener
            chapters = listener.finish()
            write_readalong(
                path,
                commission.book,
                commission.source,
                chapters,
                narrator=_narrator(commission),
                words=commission.words,
            )


@dataclass
class _Listener(Sink):
    """Notes what is said when, chapter by chapter; with `sound` it also keeps how it sounds."""

    commission: Commission
    path: Path
    sound: Path | None = None
    files: ExitStack = field(default_factory=ExitStack)
    _work: ChapterWork | None = None
    _done: list[SpokenChapter] = field(default_factory=list)

    @property
    def paths(self) -> tuple[Path, ...]:
        return (self.path,)

    def begin(self, work: ChapterWork) -> None:
        self._end_chapter()
        self._work = work
        self._transcript = Transcript(self.commission.phonemize)
        if self.sound:
            self._writer = Mp3Writer(self._audio, kbps=KBPS)
            self.files.enter_context(self._writer)

    def write(self, passage: Passage) -> None:
        if passage.sentence:
            self._transcript.say(passage.sentence, passage.segment)
        self._transcript.pause(passage.pause)
        if self.sound:
            for block in passage.blocks:
                self._writer.write(block)

    def finish(self) -> list[SpokenChapter]:
        self._end_chapter()
        return self._done

    def _end_chapter(self) -> None:
        if self._work:
            chapter = self._work.chapter
            self.files.close()
            self._done.append(self._transcript.finish(chapter.number, chapter.title, self._audio))

    @property
    def _audio(self) -> Path:
        number = self._work.chapter.number if self._work else 0
        return (self.sound or self.commission.folder) / f"chapter-{number:04}.mp3"


def _narrator(commission: Commission) -> str:
    return f"{commission.narrator} ({VOICE_TYPES[commission.kind]})"


def _fingerprint(
    name: str, commission: Commission, works: Sequence[ChapterWork], *about: object
) -> str:
    """Give a fingerprint. about: what is said of the book beside title and authors."""
    facts = (f"{name} {VERSION} {commission.words} {commission.profile.name}", commission.narrator)
    book = (commission.book.title, commission.book.authors, commission.source)
    said = [(work.chapter.title, work.digest) for work in works]
    return blake2b(repr((facts, book, said, *about)).encode(), digest_size=16).hexdigest()
