"""Judge the shipped model on held-out speech: one table for every system, written into the model
card.

python -m narrator.training.evaluate --corpus FOLDER --features FOLDER [--model FOLDER] [--out
FOLDER]

Everything is measured on the `valid` rows, which nothing here was trained on.
"""

import argparse
import json
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.engine.checkpoint import load_model
from narrator.engine.manifest import encoder_fingerprint
from narrator.engine.mel import log_mel
from narrator.engine.pitch import f0_track
from narrator.engine.precision import Precision
from narrator.engine.synthesizer import Synthesizer
from narrator.speech import HOP, SAMPLE_RATE
from narrator.training import judges
from narrator.training.corpus import read_manifest
from narrator.training.judges import Interval
from narrator.training.picture import spectrograms
from narrator.training.systems import (
    Sentence,
    Speaks,
    copy_synthesis,
    griffin_lim,
    load_sentence,
    narration,
    program,
    recording,
)
from narrator.training.voices import read_voice

NATIVE = ("kathleen", "asp")
ACCENTED_SENTENCES = 40
LIKENESS_SENTENCES = 30
Floats = NDArray[np.float32]


def held_out(corpus: Path, features: Path) -> list[Sentence]:
    """Give every native `valid` sentence and one of each of some accented speakers, in a fixed
    order.

    Raises ValueError when no prepared clip is left.
    """
    clips = [c for c in read_manifest(corpus) if c.split == "valid" and c.text]
    native = [clip for clip in clips if clip.source in NATIVE]
    accented = [clip for clip in clips if clip.source not in NATIVE]
    step = max(1, len(accented) // ACCENTED_SENTENCES)
    chosen = native + accented[::step][:ACCENTED_SENTENCES]
    found = [load_sentence(c, features) for c in chosen if (features / f"{c.key}.npz").exists()]
    if not found:
        raise ValueError(f"{corpus} has no `valid` row with a text that is prepared in {features}")
    return found


def natives(sentences: Sequence[Sentence]) -> list[int]:
    """Give the places of the native sentences; of all in a corpus that has none of NATIVE."""
    places = [n for n, s in enumerate(sentences) if s.clip.source in NATIVE]
    return places or list(range(len(sentences)))


def systems(engine: Synthesizer, voices: Path) -> dict[str, Speaks]:
    """Give who is judged, by name; programs that are not installed are left out."""
    everyone: dict[str, Speaks | None] = {
        "human recording": recording,
        "copy-synthesis": copy_synthesis(engine),
        **{
            f"narrator, {folder.name}": narration(engine, read_voice(folder))
            for folder in sorted(voices.iterdir())
            if folder.is_dir()
        },
        "Griffin-Lim on the recording's mel": griffin_lim,
        "flite rms": program("flite", "-voice", "rms", "-t", "{text}", "-o", "{wav}"),
        "flite slt": program("flite", "-voice", "slt", "-t", "{text}", "-o", "{wav}"),
        "espeak-ng": program("espeak-ng", "-v", "en-us", "-w", "{wav}", "{text}"),
    }
    return {name: speaks for name, speaks in everyone.items() if speaks is not None}


def of_main_speaker(sentences: Sequence[Sentence]) -> list[int]:
    """Give the places of the speaker with most sentences: melody and sharpness differ by person."""
    speakers = [sentences[n].clip.speaker for n in natives(sentences)]
    main = max(speakers, key=speakers.count)
    return [n for n, sentence in enumerate(sentences) if sentence.clip.speaker == main]


def melody_spread(waves: Sequence[Floats]) -> float:
    """Give the deviation of log F0 over the voiced frames of waves in one voice, in semitones."""
    tracks = np.concatenate([f0_track(wave, SAMPLE_RATE) for wave in waves])
    return float(12 * np.log2(tracks[tracks > 0]).std())


def shape(made: Sequence[Floats], real: Sequence[Floats]) -> dict[str, float]:
    """Give melody and sharpness of waves, the latter against the recordings."""
    return {
        "melody, semitones": melody_spread(made),
        "global variance": global_variance(made, real),
    }


def global_variance(waves: Sequence[Floats], reference: Sequence[Floats]) -> float:
    """Give the variance of the mel bands over time, as a ratio to that of `reference`."""

    def spread(wave: Floats) -> Floats:
        whole = torch.from_numpy(wave[: len(wave) // HOP * HOP])
        mel = log_mel(whole[None])[0].numpy()
        variance: Floats = mel[:, mel.mean(axis=0) > np.quantile(mel.mean(axis=0), 0.2)].var(axis=1)
        return variance

    ours = np.mean([spread(wave) for wave in waves], axis=0)
    theirs = np.mean([spread(wave) for wave in reference], axis=0)
    return float((ours / theirs).mean())


def judge(
    sentences: Sequence[Sentence], engine: Synthesizer, voices: Path, pool: Executor
) -> dict[str, Any]:
    """Fill the table: a row a system, native and all sentences apart, then the vocoder's own
    figures.
    """
    native, one = natives(sentences), of_main_speaker(sentences)
    said = [judges.said_words(sentence.clip.text) for sentence in sentences]
    rows: dict[str, Any] = {}
    human: list[Floats] = []
    for name, speaks in systems(engine, voices).items():
        waves = [speaks(sentence) for sentence in sentences]
        human = human or waves
        heard = pool.map(judges.heard_words, waves)
        counts = [judges.count_errors(*pair) for pair in zip(said, heard, strict=True)]
        rows[name] = {
            "word errors, native": judges.word_error_rate([counts[n] for n in native]),
            "word errors, all": judges.word_error_rate(counts),
            **shape([waves[n] for n in one], [human[n] for n in one]),
        }
        print(name, rows[name], flush=True)
        if name == "copy-synthesis":
            rows[name] |= copied(waves, human, pool)
    return rows


def copied(made: Sequence[Floats], real: Sequence[Floats], pool: Executor) -> dict[str, Interval]:
    """Give PESQ-WB and STOI of copies against their recordings."""
    return {
        "PESQ-WB": judges.bootstrap(list(pool.map(judges.pesq_wideband, made, real))),
        "STOI": judges.bootstrap(list(pool.map(judges.stoi, made, real))),
    }


def likeness(sentences: Sequence[Sentence], engine: Synthesizer, voice: Path) -> dict[str, float]:
    """Compare one built-in voice with its speaker by Resemblyzer's cosine, beside what is same and
    different.

    normalised: 0 is another speaker, 1 is the speaker at another time.
    """
    own = [s for s in sentences if s.clip.speaker == voice.name][:LIKENESS_SENTENCES]
    others = [s for s in sentences if s.clip.speaker != voice.name][:LIKENESS_SENTENCES]
    if len(own) < 2 or not others:
        return {}
    speak = narration(engine, read_voice(voice))
    real = np.stack([judges.voice_print(s.audio) for s in own])
    made = np.stack([judges.voice_print(speak(s)) for s in own])
    foreign = np.stack([judges.voice_print(s.audio) for s in others])
    apart = ~np.eye(len(real), dtype=bool)
    same, different = float((real @ real.T)[apart].mean()), float((real @ foreign.T).mean())
    ours = float((made @ real.T)[apart].mean())
    return {
        "same": same,
        "different": different,
        "ours": ours,
        "normalised": (ours - different) / (same - different),
    }


def as_markdown(rows: dict[str, Any]) -> str:
    """Write the table for the model card."""
    columns = ["word errors, native", "word errors, all", "melody, semitones", "global variance"]
    columns += ["PESQ-WB", "STOI"]
    lines = ["| system | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    for name, row in rows.items():
        cells = [_cell(row.get(column)) for column in columns]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _cell(value: Interval | float | None) -> str:
    match value:
        case None:
            return ""
        case Interval():
            return f"{value.mean:.3f} ({value.low:.3f} to {value.high:.3f})"
        case _:
            return f"{value:.2f}"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--features", type=Path, default=Path("build/training/features"))
    parser.add_argument("--model", type=Path, default=Path("resources/model"))
    parser.add_argument("--voices", type=Path, default=Path("voices"))
    parser.add_argument("--out", type=Path, default=Path("build/training/evaluation"))
    parser.add_argument("--precision", default="bf16", choices=[p.value for p in Precision])
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    engine = Synthesizer(
        load_model(options.model),
        device=torch.device("cpu"),
        precision=Precision(options.precision),
        encoder=encoder_fingerprint(options.model),
    )
    sentences = held_out(options.corpus, options.features)
    with ProcessPoolExecutor(options.workers, get_context("spawn")) as pool:
        rows = judge(sentences, engine, options.voices, pool)
    alike = {
        folder.name: likeness(sentences, engine, folder)
        for folder in sorted(options.voices.iterdir())
        if folder.is_dir()
    }
    counts = {
        source: sum(s.clip.source == source for s in sentences) for source in _sources(sentences)
    }
    result = {"sentences": counts, "likeness": alike, "systems": rows}
    (options.out / "table.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
    (options.out / "table.md").write_text(as_markdown(rows), encoding="utf-8")
    spectrograms(sentences[0], systems(engine, options.voices), options.out / "spectrogram.png")
    print(as_markdown(rows), json.dumps(result["sentences"]), json.dumps(alike), flush=True)


def _sources(sentences: Sequence[Sentence]) -> list[str]:
    return sorted({sentence.clip.source for sentence in sentences})


if __name__ == "__main__":
    main()
