"""What is said when, counted while a chapter is joined, is true of the file that is written."""

import numpy as np
import pytest
import soundfile
from fake_voice import FRAMES_PER_SYMBOL, phonemize

from narrator.audio.assemble import Pause, assemble
from narrator.audio.encode import Mp3Writer
from narrator.audio.segment import Segment
from narrator.audio.watermark.marked import mark
from narrator.speech import (
    FRAMES_PER_SECOND,
    HOP,
    SAMPLE_RATE,
    Audio,
    Opening,
    Timing,
    Utterance,
    VoiceRef,
)
from narrator.studio.narrating.transcript import Transcript
from narrator.studio.plan import PlannedSentence

VOICE = VoiceRef("kathleen", "x")
FRAME = 1 / FRAMES_PER_SECOND


def said(text: str) -> PlannedSentence:
    return PlannedSentence(Utterance(text, VOICE), 0.4, text)


def segment_of(text: str, seed: int = 0) -> Segment:
    """Speak `text` in noise, as long as its letters."""
    phonemes = phonemize(text, opening=Opening.SENTENCE)
    timings = tuple(
        Timing(symbol, word, FRAMES_PER_SYMBOL, 5.0, -20.0)
        for symbol, word in zip(phonemes.symbols, phonemes.word_of, strict=True)
    )
    count = FRAMES_PER_SYMBOL * len(timings) * HOP
    noise = np.random.default_rng(seed).normal(0, 0.1, count).astype(np.float32)
    return Segment(mark(Audio(noise), key=bytes(32)), timings)


def test_sentences_and_words_have_their_times():
    transcript = Transcript(phonemize)
    first, second = segment_of("One two."), segment_of("Three.")
    transcript.pause(1.0)
    transcript.say(said("One two."), first)
    transcript.pause(0.4)
    transcript.say(said("* * *"), None)
    transcript.say(said("Three."), second)
    transcript.pause(2.5)
    chapter = transcript.finish(4, "Four", None)
    one, three = chapter.sentences
    step = FRAMES_PER_SYMBOL * FRAME
    assert [(w.text, w.at) for w in one.words] == [("One", 0), ("two.", 4)]
    assert one.words[0][2:] == pytest.approx((1 + step, 1 + 4 * step))
    assert one.words[1][2:] == pytest.approx((1 + 5 * step, 1 + 8 * step))
    assert (one.start, one.end) == (one.words[0].start, one.words[1].end)
    begin = 1.4 + first.audio.seconds
    assert three.start == pytest.approx(begin + step)
    assert (one.number, three.number) == (1, 3)
    assert chapter.seconds == pytest.approx(3.9 + first.audio.seconds + second.audio.seconds)


def test_the_words_of_a_number_are_one_written_word():
    def says(text: str, *, opening: Opening, pronunciations: tuple = ()):
        return phonemize("in nineteen ten he left", opening=opening)

    transcript = Transcript(says)
    transcript.say(said("In 1910 he left."), segment_of("in nineteen ten he left"))
    (sentence,) = transcript.finish(1, "", None).sentences
    assert [word.text for word in sentence.words] == ["In", "1910", "he", "left."]
    before, number, after, _ = sentence.words
    assert before.end < number.start < number.end < after.start


def test_without_a_front_end_there_are_sentences_alone():
    transcript = Transcript()
    transcript.say(said("One two."), segment_of("One two."))
    (sentence,) = transcript.finish(1, "", None).sentences
    assert sentence.words == ()
    assert sentence.start < sentence.end


def test_an_mp3_holds_each_sentence_where_it_is_said_to_be(tmp_path):
    """The encoder's delay is dropped by players: no sentence is a millisecond off."""
    segments = [segment_of(f"Sentence number {'x' * n}.", seed=n) for n in range(1, 8)]
    transcript = Transcript()
    parts: list[Segment | Pause] = [Pause(1.0)]
    transcript.pause(1.0)
    for segment in segments:
        parts += [segment, Pause(0.7)]
        transcript.say(said("x"), segment)
        transcript.pause(0.7)
    path = tmp_path / "chapter.mp3"
    with Mp3Writer(path) as writer:
        for block in assemble(parts):
            writer.write(block)
    chapter = transcript.finish(1, "", path)
    sound, rate = soundfile.read(path)
    assert len(sound) / rate == pytest.approx(chapter.seconds, abs=1 / rate)
    pure = np.concatenate([block.samples for block in assemble(parts)])
    assert len(pure) == round(chapter.seconds * SAMPLE_RATE)
    for sentence in chapter.sentences:
        lead = 1 * FRAMES_PER_SYMBOL * FRAME
        begin = round((sentence.start - lead) * rate)
        quiet = np.abs(sound[begin - rate // 50 : begin - rate // 500]).max()
        loud = np.abs(sound[begin : begin + rate // 50]).max()
        assert loud > 20 * quiet
    step = round(0.001 * rate)
    edges = np.sqrt(np.convolve(np.square(sound), np.ones(step) / step, "same"))
    first = np.flatnonzero(edges > 0.003)[0] / rate
    assert first == pytest.approx(chapter.sentences[0].start - lead, abs=0.003)
