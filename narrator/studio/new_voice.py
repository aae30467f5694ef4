"""What the making of a voice needs of the studio: its ears, its words, its sentences to read."""

from importlib.metadata import version

from narrator.audio.recognize import Recognizer
from narrator.profiles.checks import Ears
from narrator.profiles.cloning import Cloning
from narrator.profiles.phrase import read_words
from narrator.settings import resource
from narrator.speech import Engine, Opening, Phonemes
from narrator.studio.studio import Studio


def begin(engine: Engine) -> Cloning:
    """Begin to make a voice that `engine` will speak with."""
    return Cloning(
        ears=Ears(engine.voiceprint, engine.same_voice, engine.embed_voice),
        recognizer=Recognizer(),
        words=read_words(resource("resources/phrase_words.txt")),
        app=version("narrator"),
    )


def prompts(studio: Studio) -> tuple[tuple[str, Phonemes], ...]:
    """Give the sentences that a speaker reads to enrol, with their phonemes."""
    lines = resource("resources/prompts.txt").read_text("utf-8").splitlines()
    phonemize = studio.front_end.phonemize
    return tuple(
        (line, phonemize(line, opening=Opening.SENTENCE, pronunciations=())) for line in lines
    )
