"""Narrate a book as `narrator narrate` does, after warm-up: figures as one line of JSON.

Run: python tests/bench/whole_run.py BOOK FOLDER DEVICE, with NARRATOR_HOME an empty folder. The
book is narrated three times: with nothing kept, with all of it kept, and with its sentences kept.
"""

import shutil
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from own_process import Figures, counted, give, peak_megabytes

from narrator.__main__ import open_studio
from narrator.audio.assemble import assemble
from narrator.book.model import Book
from narrator.book.reader import read_book
from narrator.settings import folders
from narrator.speech import Engine
from narrator.studio.narrating.narration import Order, narrate
from narrator.studio.narrating.run import Listener, Narration
from narrator.studio.speaking.line import say
from narrator.studio.studio import Studio

WARM_UP = "The engine is warm before the clock starts."


def loading_once(load: Callable[[str], Engine]) -> Callable[[str], Engine]:
    """Give a loader that loads at its first call; each thread that speaks gets as many threads."""
    loaded: list[Engine] = []
    threads = 0

    def engine(device: str) -> Engine:
        nonlocal threads
        if not loaded:
            loaded.append(load(device))
        import torch

        threads = threads or torch.get_num_threads()
        torch.set_num_threads(threads)
        return loaded[0]

    return engine


def narrated(book: Book, order: Order, studio: Studio) -> Narration:
    """Narrate the book to the end."""
    listener = Listener(lambda _: None, lambda *_: None)
    result = narrate(book, order, studio, listener, threading.Event())
    if result.failed or result.missing:
        raise RuntimeError(f"{len(result.failed)} chapters were not narrated")
    return result


def seconds_of(files: list[Path]) -> float:
    """Give how long the files play."""
    from mutagen.mp3 import MP3

    return sum(MP3(path).info.length for path in files)


def measure(book_file: Path, out: Path, device: str) -> Figures:
    """Give the figures of the three runs, and the peak of this process."""
    studio = open_studio(folders())
    studio = replace(studio, load_engine=loading_once(studio.load_engine))
    voice = studio.settings.voice
    for _ in assemble(say(WARM_UP, voice, studio, device=device, stop=threading.Event())):
        pass
    warm = peak_megabytes()
    order = Order(out, voice, device=device)
    with counted() as first:
        book = read_book(book_file)
        result = narrated(book, order, studio)
    peak = peak_megabytes()
    audio_seconds = seconds_of(result.written)
    with counted() as kept:
        narrated(read_book(book_file), order, studio)
    shutil.rmtree(out)
    with counted() as joined:
        narrated(read_book(book_file), order, studio)
    synthesizer = studio.load_engine(device).synthesize.__self__  # type: ignore[attr-defined]
    return {
        "book": book.title,
        "chapters": len(result.written),
        "sentences": sum(len(p.sentences) for c in book.chapters for p in c.paragraphs),
        "audio_seconds": round(audio_seconds, 1),
        "voice": voice,
        "device": str(synthesizer.device),
        "precision": synthesizer.precision.value,
        "narrated": first.rates(audio_seconds),
        "all_kept": kept.rates(audio_seconds),
        "sentences_kept": joined.rates(audio_seconds),
        "warm_megabytes": round(warm),
        "peak_megabytes": round(peak),
    }


if __name__ == "__main__":
    give(measure(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
