"""A book to read along: an EPUB 3 in which each sentence, or each word, lights up as it is heard.

Source: EPUB 3.3, section 9 (media overlays); EPUB Accessibility 1.1. What the narrator leaves out
stays in the book as it was. The clips of a sound file follow each other without a gap, so that
pauses, and what is said but not written, are heard.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count, pairwise
from pathlib import Path
from posixpath import dirname, relpath
from typing import NamedTuple
from urllib.parse import quote

from lxml import etree

from narrator.book.aloud.editions import Edition, FileOfText, bare_edition, epub_edition
from narrator.book.aloud.package import Part, write_publication
from narrator.book.aloud.smil import STYLE, Clip, Synced, duration, write_overlay
from narrator.book.aloud.spoken import SpokenChapter, SpokenSentence
from narrator.book.aloud.standing import Spoken, Standing, find_spoken
from narrator.book.aloud.tracing import letters, trace
from narrator.book.aloud.wrapping import Stretch, Wrapped, wrap
from narrator.book.model import Book
from narrator.book.xhtml import body_of, link_style, properties_of, read_xhtml, write_xhtml

LEAD = 0.05  # seconds that a clip begins before its sentence, so that no soft consonant is cut
_STYLE_NAME = "narrator/readalong.css"
_AUDIO_TYPES = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".opus": "audio/ogg; codecs=opus",
}


class ReadAlong(NamedTuple):
    """What was written. seconds: of all overlays. unplaced: what is heard and stands nowhere, as
    opening words do: (chapter, sentence as written)."""

    sentences: int
    seconds: float
    unplaced: tuple[tuple[int, str], ...]


def write_readalong(
    path: Path,
    book: Book,
    source: Path,
    chapters: Sequence[SpokenChapter],
    *,
    narrator: str,
    words: bool = False,
) -> ReadAlong:
    """Write the book at `source`, which `book` was read from, with the sound of `chapters` in it.

    narrator: as it shall be named, with the label of the voice. words: whether words light up, not
    sentences; they need the times of their words. An EPUB keeps its files, pictures, notes and
    navigation; another book gets a document for each chapter. Raises DiskFull, FolderNotWritable,
    and what reading `source` raises; ValueError for sound that no EPUB may hold.
    """
    for chapter in chapters:
        if chapter.audio.suffix.lower() not in _AUDIO_TYPES:
            raise ValueError(f"no reading system need play {chapter.audio.suffix} files")
    make = epub_edition if source.suffix.lower() == ".epub" else bare_edition
    with make(source, book, narrator) as edition:
        work = _Work(edition, chapters, words)
        work.place(book)
        work.bind()
        write_publication(path, edition.publication)
    return work.result()


@dataclass
class _Text:
    """A content document in work. found: its sentences with their elements."""

    file: FileOfText
    root: etree._Element
    body: etree._Element
    found: list[tuple[Standing, Wrapped]] = field(default_factory=list)


@dataclass
class _Work:
    """One book being made."""

    edition: Edition
    chapters: Sequence[SpokenChapter]
    words: bool
    texts: list[_Text] = field(default_factory=list)
    clips: dict[Spoken, Clip] = field(default_factory=dict)

    def place(self, book: Book) -> None:
        """Wrap in each document what is heard of it."""
        wanted = find_spoken(book, self.chapters, self.edition.places)
        start = 0
        number = 0
        for file in self.edition.files:
            body_letters, blocks = trace(file.content)
            here = {
                index: wanted[start + index]
                for index in range(len(blocks))
                if start + index in wanted
            }
            start += len(blocks)
            root = read_xhtml(file.content, body_letters)
            if root is None:
                self._keep(file)
                continue
            text = _Text(file, root, body_of(root))
            found = [
                (item, stretch)
                for index, items in here.items()
                for item in items
                if (stretch := self._stretch(item, blocks[index]))
            ]
            if found:
                wrapped = wrap(text.body, [stretch for _, stretch in found])
                text.found = [(item, made) for (item, _), made in zip(found, wrapped, strict=True)]
                number = _name_elements(text, number)
            self.texts.append(text)

    def bind(self) -> None:
        """Give each document that is heard its overlay, and the book its sound and style."""
        publication = self.edition.publication
        self._cut_clips()
        for text in self.texts:
            if not text.found:
                self._keep(text.file, text.root)
                continue
            overlay = f"narrator-overlay-{len(publication.durations) + 1}"
            name = f"narrator/{overlay}.smil"
            synced = [one for item, wrapped in text.found for one in self._synced(item, wrapped)]
            smil = write_overlay(name, text.file.name, text.body.get("id") or "", synced)
            link_style(text.root, quote(relpath(_STYLE_NAME, dirname(text.file.name) or ".")))
            self._keep(text.file, text.root, overlay)
            publication.parts.append(Part(overlay, name, "application/smil+xml", smil))
            publication.durations[overlay] = duration(synced)
        publication.parts.append(Part("narrator-style", _STYLE_NAME, "text/css", STYLE.encode()))
        for number in sorted({key.file for key in self.clips}):
            audio = self.chapters[number].audio
            kind = _AUDIO_TYPES[audio.suffix.lower()]
            part = Part(f"narrator-audio-{number + 1}", self._audio_name(number), kind, audio)
            publication.parts.append(part)

    def result(self) -> ReadAlong:
        """Tell what was bound."""
        unplaced = [
            (chapter.number, sentence.text)
            for file, chapter in enumerate(self.chapters)
            for index, sentence in enumerate(chapter.sentences)
            if Spoken(file, index) not in self.clips
        ]
        total = sum(self.edition.publication.durations.values())
        return ReadAlong(len(self.clips), total / 1000, tuple(unplaced))

    def _stretch(self, item: Standing, block: Sequence[int]) -> Stretch | None:
        sentence = self._sentence(item.key)
        spans = [(0, item.count)]
        if self._goes_by_word(item):
            starts = [len(letters(sentence.text[: word.at])) for word in sentence.words]
            spans = [
                (start, start + len(letters(word.text)))
                for start, word in zip(starts, sentence.words, strict=True)
            ]
        parts = (
            tuple(place for place in block[item.first + first : item.first + end] if place >= 0)
            for first, end in spans
        )
        kept = tuple(part for part in parts if part)
        return Stretch(kept) if len(kept) == len(spans) else None

    def _goes_by_word(self, item: Standing) -> bool:
        """Say whether its words can be told apart: what was edited is heard as a whole."""
        sentence = self._sentence(item.key)
        unchanged = item.count == item.total and letters(sentence.text) == letters(sentence.written)
        return self.words and bool(sentence.words) and unchanged

    def _sentence(self, key: Spoken) -> SpokenSentence:
        return self.chapters[key.file].sentences[key.sentence]

    def _audio_name(self, file: int) -> str:
        return f"narrator/{file + 1:03}{self.chapters[file].audio.suffix.lower()}"

    def _cut_clips(self) -> None:
        """Cut each sound file between the sentences that were placed, from its start to its end."""
        placed = defaultdict(list)
        for text in self.texts:
            for item, _ in text.found:
                placed[item.key.file].append(item.key)
        for file, found in placed.items():
            keys = list(dict.fromkeys(found))
            begins = [0]
            for before, key in pairwise(keys):
                start, end = self._sentence(key).start, self._sentence(before).end
                begins.append(_milliseconds(max(end, start - LEAD)))
            begins.append(_milliseconds(self.chapters[file].seconds))
            for key, (begin, end_ms) in zip(keys, pairwise(begins), strict=True):
                self.clips[key] = Clip(self._audio_name(file), begin, end_ms)

    def _synced(self, item: Standing, wrapped: Wrapped) -> Iterator[Synced]:
        clip = self.clips[item.key]
        if len(wrapped.parts) == 1 or not self._goes_by_word(item):
            yield from _divided(_share(clip, item), wrapped.whole)
            return
        sentence = self._sentence(item.key)
        first = {index: element for index, element in reversed(wrapped.parts)}
        begins = [clip.begin]
        for word in sentence.words[1:]:
            begins.append(max(begins[-1] + 1, _milliseconds(word.start)))
        ends = [*begins[1:], clip.end]
        for whole in wrapped.whole:
            words = tuple(
                Synced(first[index].get("id") or "", replace(clip, begin=begin, end=end))
                for index, (begin, end) in enumerate(zip(begins, ends, strict=True))
                if whole in first[index].iterancestors()
            )
            around = replace(clip, begin=words[0].clip.begin, end=words[-1].clip.end)
            yield Synced(whole.get("id") or "", around, words)

    def _keep(
        self, file: FileOfText, root: etree._Element | None = None, overlay: str | None = None
    ) -> None:
        part = partial(Part, file.id, file.name, "application/xhtml+xml", overlay=overlay)
        if root is None:
            self.edition.publication.parts.append(part(file.content, file.properties))
            return
        kept = (name for name in file.properties if name in ("nav", "remote-resources"))
        properties = (*kept, *properties_of(root))
        self.edition.publication.parts.append(part(write_xhtml(root), properties))


def _name_elements(text: _Text, number: int) -> int:
    """Give ids, counted through the book from `number`, to what was wrapped; and to the body."""
    taken = {name for element in text.root.iter() if (name := element.get("id"))}
    if not text.body.get("id"):
        text.body.set("id", next(name for name in _body_ids() if name not in taken))
    for _, wrapped in text.found:
        number += 1
        while f"s{number:06}" in taken:
            number += 1
        for piece, element in enumerate(wrapped.whole):
            element.set("id", f"s{number:06}" + (f"-{piece + 1}" if piece else ""))
        counts: dict[int, int] = defaultdict(int)
        for index, element in wrapped.parts:
            counts[index] += 1
            again = f"-{counts[index]}" if counts[index] > 1 else ""
            if element.get("id") is None:
                element.set("id", f"s{number:06}w{index + 1:03}{again}")
    return number


def _body_ids() -> Iterator[str]:
    return (f"narrator-body{number or ''}" for number in count())


def _share(clip: Clip, item: Standing) -> Clip:
    """Give what is heard of the part of a sentence that stands in one block, by its letters."""
    length = clip.end - clip.begin
    begin, end = (
        clip.begin + length * said // item.total for said in (item.said, item.said + item.count)
    )
    return replace(clip, begin=begin, end=end)


def _divided(clip: Clip, elements: Sequence[etree._Element]) -> Iterator[Synced]:
    """Divide the clip of a sentence among its elements, by their letters; mostly there is one."""
    counts = [len(letters("".join(map(str, element.itertext())))) for element in elements]
    begin, said = clip.begin, 0
    for element, length in zip(elements, counts, strict=True):
        said += length
        end = clip.begin + (clip.end - clip.begin) * said // sum(counts)
        yield Synced(element.get("id") or "", replace(clip, begin=begin, end=end))
        begin = end


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
