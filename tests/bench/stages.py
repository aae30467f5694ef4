"""Where the time goes: each stage of a narration by itself, over a whole book, as JSON.

Run: python tests/bench/stages.py BOOK FOLDER DEVICE CORES, with NARRATOR_HOME an empty folder. A
stage is run over all sentences before the next one begins.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from own_process import Figures, Spent, counted, give, keep_to

from narrator.__main__ import open_studio
from narrator.audio.assemble import Pause, assemble
from narrator.audio.encode import Mp3Writer
from narrator.audio.levels import LOUDNESS
from narrator.audio.mastering import Mastering
from narrator.audio.segment import Segment
from narrator.audio.sentence import trim
from narrator.audio.tags import Tags
from narrator.audio.watermark.grid import SLOTS_PER_SECOND
from narrator.audio.watermark.marked import mark
from narrator.book.reader import read_book
from narrator.settings import folders
from narrator.speech import Audio, Phonemes, Speech, SynthesisRequest
from narrator.studio.narrating.outputs import Record
from narrator.studio.plan import BEFORE_CHAPTER, Choices, PlannedSentence, plan_book
from narrator.studio.speaking.cache import segment_key
from narrator.studio.speaking.schedule import Task, batched
from narrator.studio.studio import Studio

WARM_UP = "The engine is warm before the clock starts."
ENGINE = ("acoustic model", "vocoder")


class Planned(NamedTuple):
    """A sentence of the plan. key: of its segment."""

    chapter: int
    sentence: PlannedSentence
    key: str


class Laps:
    """What each stage has spent."""

    def __init__(self) -> None:
        self.spent: dict[str, Spent] = {}

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        with counted() as spent:
            yield
        self.spent[stage] = spent


class Bench:
    """The stages in order, each over what the one before made."""

    def __init__(self, book_file: Path, out: Path, device: str) -> None:
        self.book_file = book_file
        self.out = out
        self.laps = Laps()
        self.studio: Studio = open_studio(folders())
        self.voice = self.studio.voices.get(self.studio.settings.voice)
        self.embedding = self.studio.voices.embedding(self.voice.ref)
        engine = self.studio.load_engine(device)
        self.synthesizer: Any = engine.synthesize.__self__  # type: ignore[attr-defined]
        self.audio_seconds = 0.0

    def run(self) -> Figures:
        """Warm up, then give the figures of each stage."""
        self._warm_up()
        planned = self._text()
        phonemes = self._phonemized(planned)
        speeches = self._spoken(planned, phonemes)
        segments = self._kept(planned, speeches)
        self._written(planned, segments)
        rows = {stage: spent.rates(self.audio_seconds) for stage, spent in self.laps.spent.items()}
        return {
            "audio_seconds": round(self.audio_seconds, 1),
            "speech_seconds": round(sum(segment.audio.seconds for segment in segments), 1),
            "precision": self.synthesizer.precision.value,
            "stages": rows,
            "engine": self._sum(ENGINE),
            "all_but_engine": self._sum([stage for stage in rows if stage not in ENGINE]),
            "all": self._sum(list(rows)),
        }

    def _sum(self, stages: list[str] | tuple[str, ...]) -> Figures:
        spent = [self.laps.spent[stage] for stage in stages]
        both = Spent(sum(part.wall for part in spent), sum(part.cpu for part in spent))
        return both.rates(self.audio_seconds)

    def _warm_up(self) -> None:
        read_book(self.book_file)
        phonemes = self.studio.front_end.phonemize(
            WARM_UP, opening=next(iter(self._plan())).sentence.utterance.opening, pronunciations=()
        )
        request = SynthesisRequest(phonemes, self.embedding)
        (speech,) = map(trim, self._vocoded(self.synthesizer.speak_mels([request]), [0]))
        segment = Segment(mark(speech.audio, key=self.studio.key), speech.timings)
        kept = self.studio.cache.put("0" * 40, segment)
        blocks = self._mastered(list(assemble([kept, Pause(1.0)])))
        self._write(self.out / "warm.mp3", blocks)

    def _plan(self) -> list[Planned]:
        book = read_book(self.book_file)
        plan = plan_book(book, Choices(self.voice.ref))
        pipeline = self.studio.voicing("cpu").pipeline
        return [
            Planned(chapter.number, sentence, segment_key(sentence.utterance, pipeline))
            for chapter in plan.chapters
            for sentence in chapter.sentences()
        ]

    def _text(self) -> list[Planned]:
        with self.laps.of("read book"):
            book = read_book(self.book_file)
        paragraphs = [paragraph for chapter in book.chapters for paragraph in chapter.paragraphs]
        with self.laps.of("split"):
            for paragraph in paragraphs:
                _ = paragraph.sentences
        chapters = plan_book(book, Choices(self.voice.ref)).chapters
        pipeline = self.studio.voicing("cpu").pipeline
        with self.laps.of("plan and keys"):
            return [
                Planned(chapter.number, sentence, segment_key(sentence.utterance, pipeline))
                for chapter in chapters
                for sentence in chapter.sentences()
            ]

    def _phonemized(self, planned: list[Planned]) -> list[Phonemes]:
        phonemize = self.studio.front_end.phonemize
        utterances = [sentence.utterance for _, sentence, _ in planned]
        with self.laps.of("phonemize"):
            return [
                phonemize(one.text, opening=one.opening, pronunciations=()) for one in utterances
            ]

    def _spoken(self, planned: list[Planned], phonemes: list[Phonemes]) -> list[Speech]:
        seeds = iter([int(key[:8], 16) for _, _, key in planned])
        requests = iter([SynthesisRequest(one, self.embedding) for one in phonemes])
        tasks = (Task(chapter, 0, sentence) for chapter, sentence, _ in planned)
        sizes = [len(batch) for batch in batched(tasks)]
        with self.laps.of("acoustic model"):
            spoken = [self.synthesizer.speak_mels(list(islice(requests, size))) for size in sizes]
        with self.laps.of("vocoder"):
            made = [self._vocoded(batch, list(islice(seeds, len(batch)))) for batch in spoken]
        return [speech for batch in made for speech in batch]

    def _vocoded(self, spoken: Any, seeds: list[int]) -> list[Speech]:
        waves = self.synthesizer.vocode([mel for mel, _ in spoken], seeds)
        return [
            Speech(Audio(wave / max(1.0, float(np.abs(wave).max()))), timings)
            for wave, (_, timings) in zip(waves, spoken, strict=True)
        ]

    def _kept(self, planned: list[Planned], speeches: list[Speech]) -> list[Segment]:
        with self.laps.of("trim"):
            trimmed = [trim(speech) for speech in speeches]
        segments, slot = [], 0
        with self.laps.of("watermark"):
            for (_, sentence, _), speech in zip(planned, trimmed, strict=True):
                marked = mark(speech.audio, key=self.studio.key, slot=slot)
                segments.append(Segment(marked, speech.timings))
                slot += round((marked.seconds + sentence.pause_after) * SLOTS_PER_SECOND)
        with self.laps.of("cache put"):
            return [
                self.studio.cache.put(key, segment)
                for (_, _, key), segment in zip(planned, segments, strict=True)
            ]

    def _written(self, planned: list[Planned], segments: list[Segment]) -> None:
        parts: dict[int, list[Segment | Pause]] = {}
        for (chapter, sentence, _), segment in zip(planned, segments, strict=True):
            parts.setdefault(chapter, [Pause(BEFORE_CHAPTER)])
            parts[chapter] += [segment, Pause(sentence.pause_after)]
        with self.laps.of("level and assemble"):
            blocks = {chapter: list(assemble(those)) for chapter, those in parts.items()}
        self.audio_seconds = sum(one.seconds for those in blocks.values() for one in those)
        with self.laps.of("mastering"):
            mastered = {chapter: self._mastered(those) for chapter, those in blocks.items()}
        with self.laps.of("MP3"):
            for chapter, those in mastered.items():
                self._write(self.out / f"{chapter}.mp3", those)

    def _mastered(self, blocks: list[Any]) -> list[Any]:
        with Mastering(LOUDNESS["acx"].goal, self.out) as mastering:
            mastering.add(blocks)
            return [block for passage in mastering.passages() for block in passage]

    def _write(self, path: Path, blocks: list[Any]) -> None:
        tags = Tags(title="-", album="-", author="-", narrator="-", track=1, tracks=1)
        with Mp3Writer(path, tags=tags) as writer:
            for block in blocks:
                writer.write(block)
        Record(path.parent).add([path], "-")


if __name__ == "__main__":
    keep_to(int(sys.argv[4]))
    give(Bench(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]).run())
