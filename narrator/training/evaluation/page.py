"""The page on which people listen to all speakers side by side and vote blind.

What narrator makes, a copy of a recording too, is marked and written by audio/encode.py as all its
sound is. Files of others go from file to file by ffmpeg and never pass through here as samples.
"""

import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from html import escape
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.audio.encode import write_flac
from narrator.audio.watermark.grid import KEY_BYTES
from narrator.audio.watermark.marked import mark
from narrator.engine.clean import level
from narrator.speech import HOP, SAMPLE_RATE, Audio
from narrator.training.evaluation.picture import write_picture
from narrator.training.evaluation.results import Tables, as_html
from narrator.training.evaluation.sentences import Sentence
from narrator.training.evaluation.systems import HUMAN, PROGRAMS, run_program

SENTENCES = 12
HUMAN_FILTERS = "highpass=f=50,{volume},afftdn=nr=20:nf=-50"
PROGRAM_FILTERS = "{volume}"
SCALE = ("bad", "poor", "fair", "good", "excellent")  # ITU-T P.800, from 1
Floats = NDArray[np.float32]


class _Take(NamedTuple):
    system: str
    sound: Path
    picture: Path


def write_page(
    folder: Path,
    corpus: Path,
    sentences: Sequence[Sentence],
    speakers: Mapping[str, Callable[[Sentence], Floats]],
    tables: Tables,
) -> Path:
    """Write index.html with its sounds and pictures into `folder`, and give its path.

    What was in the folder goes. Without ffmpeg, human and other programs are left out.
    """
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "files").mkdir(parents=True)
    key = secrets.token_bytes(KEY_BYTES)
    edition = blake2b(digest_size=4)
    parts = []
    for number, sentence in enumerate(sentences, 1):
        takes = []
        for system, speak in speakers.items():
            name = blake2b(f"{number} {system}".encode(), digest_size=4).hexdigest()
            sound = folder / "files" / f"{number:02}-{name}.flac"
            samples = level(speak(sentence))
            if system == HUMAN:
                _convert(corpus / sentence.clip.file, sound, HUMAN_FILTERS)
            elif system in PROGRAMS:
                _let_speak(system, sentence.clip.text, sound)
            else:
                _write_marked(samples, sound, key)
            if sound.exists():
                write_picture(samples, sound.with_suffix(".png"))
                edition.update(samples.tobytes())
                takes.append(_Take(system, sound, sound.with_suffix(".png")))
        parts.append(_section(number, sentence.clip.text, takes))
    page = Path(__file__).with_suffix(".html").read_text(encoding="utf-8")
    for place, text in (
        ("</title>", f'</title>\n<meta name="edition" content="{edition.hexdigest()}">'),
        ("<!-- sentences -->", "\n".join(parts)),
        ("<!-- tables -->", as_html(tables)),
    ):
        page = page.replace(place, text, 1)
    (folder / "index.html").write_text(page, encoding="utf-8")
    return folder / "index.html"


def _write_marked(samples: Floats, path: Path, key: bytes) -> None:
    whole = np.ascontiguousarray(samples[: len(samples) // HOP * HOP])
    write_flac(path, mark(Audio(whole), key=key), comment="Synthetic speech, made by narrator")


def _let_speak(program: str, text: str, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "said.wav"
        run_program(program, text, wav)
        _convert(wav, path, PROGRAM_FILTERS)


def _convert(source: Path, target: Path, filters: str) -> None:
    """Bring somebody else's file to the page's form and loudness; nothing without ffmpeg."""
    if shutil.which("ffmpeg") is None:
        return
    command = ["ffmpeg", "-v", "error", "-i", str(source)]
    command += ["-af", filters.format(volume=f"volume={_gain(source):.3f}")]
    command += ["-ac", "1", "-ar", str(SAMPLE_RATE), "-sample_fmt", "s16", str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)


def _gain(source: Path) -> float:
    """Give the factor that brings a file to the loudness of all recordings here."""
    import soundfile
    import torch
    from torchaudio.functional import resample

    samples, rate = soundfile.read(source, dtype="float32", always_2d=True)
    wave = resample(torch.from_numpy(samples.mean(axis=1)), rate, SAMPLE_RATE).numpy()
    peak = float(np.abs(wave).max())
    return float(np.abs(level(wave)).max()) / peak if peak > 0 else 1.0


def _section(number: int, text: str, takes: Sequence[_Take]) -> str:
    items = "\n".join(_item(number, place, take) for place, take in enumerate(takes, 1))
    return (
        f'<section aria-labelledby="s{number}"><h2 id="s{number}">Sentence {number}</h2>\n'
        f"<blockquote>{escape(text)}</blockquote>\n"
        f'<ol class="takes">\n{items}\n</ol></section>'
    )


def _item(number: int, place: int, take: _Take) -> str:
    name, system = take.sound.stem, escape(take.system)
    scores = "".join(
        f'<label><input type="radio" name="v{name}" value="{score}"> {score} {word}</label>'
        for score, word in enumerate(SCALE, 1)
    )
    return (
        f'<li id="v{name}" data-sentence="{number}" data-place="{place}" data-system="{system}">'
        f"<h3>{system}</h3>"
        f'<audio controls preload="none" src="files/{take.sound.name}"'
        f' aria-label="Sentence {number}, {system}"></audio>'
        f'<fieldset class="blind-only"><legend>How natural does it sound?</legend>'
        f'<div class="scores">{scores}</div></fieldset>'
        f'<figure class="open-only"><img loading="lazy" src="files/{take.picture.name}"'
        f' alt="Spectrogram of sentence {number} by {system}">'
        f"<figcaption>0 to 12 kHz, bottom to top</figcaption></figure></li>"
    )
