"""Speech of the built-in voices through the real engine, as it is before it is marked."""

from own_process import ROOT

from narrator.__main__ import open_studio
from narrator.audio.sentence import trim
from narrator.book.reader import read_book
from narrator.settings import folders
from narrator.speech import SAMPLE_RATE, Samples, SynthesisRequest
from narrator.studio.plan import Choices, plan_book


def built_in_clips(seconds: float) -> dict[str, list[Samples]]:
    """Give about so many seconds of the sample book from each built-in voice, by sentence."""
    studio = open_studio(folders())
    engine = studio.load_engine("cpu")
    book = read_book(next((ROOT / "resources" / "sample").glob("*.epub")))
    voices = {}
    for name in studio.voices.names():
        ref = studio.voices.get(name).ref
        embedding = studio.voices.embedding(ref)
        clips: list[Samples] = []
        for chapter in plan_book(book, Choices(ref)).chapters:
            for utterance, *_ in chapter.sentences():
                if sum(map(len, clips)) < seconds * SAMPLE_RATE:
                    phonemes = studio.front_end.phonemize(
                        utterance.text, opening=utterance.opening, pronunciations=()
                    )
                    (speech,) = engine.synthesize([SynthesisRequest(phonemes, embedding)])
                    clips.append(trim(speech).audio.samples)
        voices[f"built in/{name}"] = clips
    return voices
