"""The door to pocketsphinx for the app: what was said of some phrases, what is heard, and when.

It works with the US English model inside the pocketsphinx package: nothing is fetched.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.audio.resample import resampled
from narrator.speech import Recording

if TYPE_CHECKING:
    from pocketsphinx import Decoder, FsgModel, Segment

RECOGNISER_RATE = 16_000
PEAK = 0.7
FAINT = 8.0  # of 32,767: the model knows rooms, but not the zeros of a gated microphone
SHORTEST_SECONDS = 1.0
FRAMES_PER_SECOND = 100
# Narrower, as they come, the true phrase of a speaker with an accent is often pruned away early:
# of such tries 45 of 60 were won with the default beams, 113 of 120 with these.
BEAMS = {"beam": 1e-120, "wbeam": 1e-100, "pbeam": 1e-120}
SILENCE_CHANCE = 0.1  # between words: a list is read with pauses, running speech without

SCORE_SCALE = 1 << 10  # pocketsphinx' scores are log likelihoods shifted by as many bits

# Of near silence around what is aligned, or pauses at its edges stick to the outermost words.
EDGE_SECONDS = 0.3

Words = tuple[str, ...]


class AlignedWord(NamedTuple):
    """Where one word sounds: seconds from the beginning, and how well the sound fits it.

    score: mean log likelihood a frame of 10 ms, against the sounds that fit the frame best, so 0 or
    less.
    """

    start: float
    end: float
    score: float


@dataclass(frozen=True)
class Choice:
    """Which phrase was said. index: into the phrases, None where none of them fits the sound.

    score: mean log likelihood a frame of 10 ms, against the sounds that fit the frame best, so 0 or
    less; minus infinity without a phrase.
    """

    index: int | None
    score: float


class Recognizer:
    """A recogniser of US English; one recording at a time. Its models load when first needed."""

    def knows(self, word: str) -> bool:
        """Whether the recogniser's dictionary has this lower-case word."""
        return self._chooser.lookup_word(word) is not None

    def choose(self, recording: Recording, phrases: Sequence[str]) -> Choice:
        """Give the phrase, lower-case words between blanks, that fits the whole recording best.

        Words that the recogniser does not know are passed over. Which phrase wins among equals
        depends on their order: the caller's must not give the true one away. Raises ValueError
        when two phrases are then the same, or one is empty.
        """
        known = [tuple(word for word in phrase.split() if self.knows(word)) for phrase in phrases]
        if not all(known) or len(set(known)) < len(known):
            raise ValueError("the recogniser cannot tell these phrases apart")
        self._chooser.add_fsg("phrases", _grammar(self._chooser, known))
        self._chooser.activate_search("phrases")
        heard = _hear(self._chooser, recording)
        if heard is None:
            return Choice(None, -inf)
        words, score = heard
        return Choice(known.index(words), score)

    def words(self, recording: Recording) -> Words:
        """Give the words heard in a recording of which nothing is known, lower-case."""
        heard = _hear(self._listener, recording)
        return heard[0] if heard is not None else ()

    def align(
        self, recording: Recording, words: Sequence[Sequence[str]]
    ) -> tuple[AlignedWord, ...] | None:
        """Give where each of `words` sounds, in this order; None where they do not fit the sound.

        words: each as its phonemes, ARPAbet without stress.
        """
        decoder = self._aligner
        names = [".".join(["w", *word]) for word in words]  # no word of the dictionary has a dot so
        for name, word in zip(names, words, strict=True):
            if decoder.lookup_word(name) is None:
                decoder.add_word(name, " ".join(word), False)
        decoder.set_align_text(" ".join(names))
        edge = round(EDGE_SECONDS * recording.rate)
        if _hear(decoder, Recording(np.pad(recording.samples, edge), recording.rate)) is None:
            return None
        found = [_aligned(one) for one in decoder.seg() if one.word.startswith("w.")]
        return tuple(found) if len(found) == len(words) else None

    @cached_property
    def _chooser(self) -> "Decoder":
        return _decoder(lm=None, bestpath=False, silprob=SILENCE_CHANCE, **BEAMS)

    @cached_property
    def _aligner(self) -> "Decoder":
        return _decoder(lm=None, bestpath=False, silprob=SILENCE_CHANCE)

    @cached_property
    def _listener(self) -> "Decoder":
        return _decoder()


def _decoder(**options: object) -> "Decoder":
    from pocketsphinx import Decoder

    # Batch normalisation: what is heard must not depend on what was heard before.
    return Decoder(samprate=RECOGNISER_RATE, loglevel="FATAL", cmn="batch", **options)


def _grammar(decoder: "Decoder", phrases: Sequence[Words]) -> "FsgModel":
    return decoder.create_fsg("phrases", 0, 1, list(_transitions(phrases)))


def _transitions(phrases: Sequence[Words]) -> Iterator[tuple[int, int, float, str]]:
    """Give one chain of words from state 0 to state 1 a phrase, all equally likely."""
    unused = 2
    for phrase in phrases:
        state, chance = 0, 1 / len(phrases)
        for word in phrase[:-1]:
            yield state, unused, chance, word
            state, chance = unused, 1.0
            unused += 1
        yield state, 1, chance, phrase[-1]


def _hear(decoder: "Decoder", recording: Recording) -> tuple[Words, float] | None:
    decoder.reinit_feat()  # or the noise of the last recording is taken off this one
    decoder.start_utt()
    decoder.process_raw(_pcm(recording).tobytes(), full_utt=True)
    decoder.end_utt()
    heard = decoder.hyp()
    if heard is None or not heard.hypstr:
        return None
    return tuple(heard.hypstr.split()), log(heard.score) * SCORE_SCALE / decoder.n_frames()


def _aligned(heard: "Segment") -> AlignedWord:
    frames = heard.end_frame + 1 - heard.start_frame
    return AlignedWord(
        start=max(0.0, heard.start_frame / FRAMES_PER_SECOND - EDGE_SECONDS),
        end=(heard.end_frame + 1) / FRAMES_PER_SECOND - EDGE_SECONDS,
        score=log(heard.ascore) * SCORE_SCALE / frames if heard.ascore > 0 else -inf,
    )


def _pcm(recording: Recording) -> NDArray[np.int16]:
    """Give 16 kHz, 16 bit, peak 0.7 of full scale, over a noise floor too faint to hear."""
    samples = resampled(recording.samples, recording.rate, RECOGNISER_RATE)
    samples = np.pad(samples, (0, max(0, int(SHORTEST_SECONDS * RECOGNISER_RATE) - len(samples))))
    level = max(float(np.abs(samples).max()), 1e-4)
    floor = np.random.default_rng(0).normal(0, FAINT, len(samples))
    pcm: NDArray[np.int16] = (samples / level * PEAK * 32_767 + floor).astype(np.int16)
    return pcm
