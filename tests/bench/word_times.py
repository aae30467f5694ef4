"""Word times that narrator gives against forced alignment of the finished MP3: a table.

Run: python tests/bench/word_times.py [--sentences N]. Sentences of the sample book in each built-in
voice go the whole way: spoken, marked, joined, encoded, decoded. pocketsphinx then aligns the words
to what was decoded; each word's beginning and end is compared.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
from own_process import ROOT

from narrator.__main__ import open_studio
from narrator.audio.assemble import Pause, assemble
from narrator.audio.encode import Mp3Writer
from narrator.audio.segment import Segment
from narrator.audio.sentence import trim
from narrator.audio.watermark.marked import mark
from narrator.book.reader import read_book
from narrator.engine.align import Aligner, Refused, aligner_pcm
from narrator.settings import folders
from narrator.speech import FRAMES_PER_SECOND, SAMPLE_RATE, Phonemes, SynthesisRequest
from narrator.studio.narrating.transcript import Transcript
from narrator.studio.plan import Choices, PlannedSentence, plan_book
from narrator.studio.studio import Studio

PAUSE = 0.6
MARGIN = 0.2  # seconds of pause that are handed to the aligner at either end


def spread(sentences: list[PlannedSentence], count: int) -> list[PlannedSentence]:
    """Give `count` of them from all over the book."""
    step = max(1, len(sentences) // count)
    return sentences[::step][:count]


def narrate(studio: Studio, name: str, count: int, path: Path) -> tuple[Transcript, list[Phonemes]]:
    """Write sentences in one voice to the MP3 at `path`; give what is said when, and how."""
    ref = studio.voices.get(name).ref
    embedding = studio.voices.embedding(ref)
    engine = studio.load_engine("cpu")
    book = read_book(next((ROOT / "resources" / "sample").glob("*.epub")))
    chapters = plan_book(book, Choices(ref)).chapters
    sentences = [planned for chapter in chapters for planned in chapter.sentences()]
    transcript = Transcript(studio.front_end.phonemize)
    said: list[Phonemes] = []
    transcript.pause(PAUSE)
    parts: list[Segment | Pause] = [Pause(PAUSE)]
    for sentence in spread(sentences, count):
        utterance = sentence.utterance
        phonemes = studio.front_end.phonemize(
            utterance.text, opening=utterance.opening, pronunciations=()
        )
        speech = trim(engine.synthesize([SynthesisRequest(phonemes, embedding)])[0])
        segment = Segment(mark(speech.audio, key=bytes(32)), speech.timings)
        parts += [segment, Pause(PAUSE)]
        transcript.say(sentence, segment)
        transcript.pause(PAUSE)
        said.append(phonemes)
    with Mp3Writer(path) as writer:
        for block in assemble(parts):
            writer.write(block)
    return transcript, said


def errors(transcript: Transcript, said: list[Phonemes], path: Path) -> tuple[np.ndarray, int, int]:
    """Give the errors of all word edges in ms (n, 2), how many sentences, and how many refused."""
    from narrator.text.written import written_of, written_words

    chapter = transcript.finish(1, "", path)
    sound = decoded(path)
    aligner = Aligner()
    found: list[tuple[float, float]] = []
    refused = 0
    for sentence, phonemes in zip(chapter.sentences, said, strict=True):
        first = round((sentence.start - MARGIN) * SAMPLE_RATE)
        clip = sound[first : round((sentence.end + MARGIN) * SAMPLE_RATE)]
        frames = round(len(clip) / SAMPLE_RATE * FRAMES_PER_SECOND)
        aligned = aligner.align(aligner_pcm(clip), phonemes, frames)
        if isinstance(aligned, Refused):
            refused += 1
            continue
        edges = np.concatenate([[0], np.cumsum(aligned.durations)]) / FRAMES_PER_SECOND
        edges += first / SAMPLE_RATE
        owners = written_of(sentence.text, phonemes.words)
        ids = {word.at: index for index, word in enumerate(written_words(sentence.text))}
        for word in sentence.words:
            symbols = [
                place
                for place, spoken in enumerate(phonemes.word_of)
                if spoken >= 0 and owners[spoken] == ids[word.at]
            ]
            start, end = edges[symbols[0]], edges[symbols[-1] + 1]
            found.append(((word.start - start) * 1000, (word.end - end) * 1000))
    return np.array(found), len(said) - refused, refused


def decoded(path: Path) -> np.ndarray:
    """Give the MP3 as it is played, at 24 kHz."""
    import soundfile
    import torch
    from torchaudio.functional import resample

    samples, rate = soundfile.read(path, dtype="float32")
    narrow: np.ndarray = resample(torch.tensor(samples), rate, SAMPLE_RATE).numpy()
    return narrow


def main() -> None:
    """Print a row for each voice and edge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=40)
    count = parser.parse_args().sentences
    studio = open_studio(folders())
    tell(f"{'voice':<10} {'edge':<6} {'sentences':>9} {'refused':>8} {'words':>6}")
    tell(f"{'':<10} {'':<6} {'bias ms':>9} {'median':>8} {'95 %':>6} {'max':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for name in studio.voices.names():
            path = Path(folder) / f"{name}.mp3"
            off, heard, refused = errors(*narrate(studio, name, count, path), path)
            for edge, column in zip(("start", "end"), off.T, strict=True):
                tell(f"{name:<10} {edge:<6} {heard:>9} {refused:>8} {len(column):>6}")
                size = np.abs(column)
                tell(
                    f"{'':<10} {'':<6} {np.median(column):>9.1f} {np.median(size):>8.1f} "
                    f"{np.quantile(size, 0.95):>6.1f} {size.max():>6.1f}"
                )


def tell(text: str) -> None:
    """Say a line of the table."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
