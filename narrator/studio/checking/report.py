"""The report of a check, in words and as JSON; it never says more than the figures do."""

import json
from datetime import timedelta
from math import inf, isfinite
from typing import Any

from narrator.audio.targets import Figure, Judgement, Limits, Target, Value
from narrator.studio.checking.detection import plain
from narrator.studio.checking.files import CheckedFile, Report

UNITS = {
    Figure.RMS: "dB",
    Figure.SAMPLE_PEAK: "dB",
    Figure.TRUE_PEAK: "dBTP",
    Figure.NOISE_FLOOR: "dB RMS",
    Figure.LOUDNESS: "LUFS",
    Figure.HEAD: "s",
    Figure.TAIL: "s",
    Figure.DURATION: "s",
    Figure.RATE: "Hz",
    Figure.BIT_RATE: "kbit/s",
}
PASSED, FAILED, UNJUDGED = "passed", "failed", "no limit"


def statement(file: CheckedFile, target: Target) -> str:
    """Say whether a file meets the target, and with which figures it does not."""
    if not file.failed:
        return f"meets {target.title}"
    return f"outside {target.title} ({', '.join(figure.value for figure in file.failed)})"


def summary(report: Report) -> list[str]:
    """Say what holds for all files together, in some sentences."""
    title, count = report.target.title, len(report.files)
    said = []
    if count > 1:
        met = sum(not file.failed for file in report.files)
        said.append(f"{met} of {count} files {'meets' if met == 1 else 'meet'} {title}.")
    said += [
        f"The files differ in {figure.value}: those of one book must be alike."
        for figure in report.differing
    ]
    if report.target.note and report.files:
        said.append(report.target.note)
    return said


def lines(file: CheckedFile, target: Target) -> list[str]:
    """Give the report of one file for a terminal."""
    rows = [
        (outcome(one), one.figure.value, shown(one.figure, one.value), asked(one))
        for one in file.judgements
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    told = [f"{file.figures.path}: {statement(file, target)}"]
    for row in rows:
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False))
        told.append(f"  {'  '.join(cells)}  {row[-1]}".rstrip())
    return [*told, f"  {mark(file)}", f"  {labels(file)}"]


def mark(file: CheckedFile) -> str:
    """Say what the watermark tells."""
    return f"watermark: {plain(file.found)}"


def labels(file: CheckedFile) -> str:
    """Say what the tags tell of a synthetic voice."""
    said = ", ".join(f"{name}={value}" for name, value in file.figures.labels.items())
    return f"AI labels: {said or 'none'}"


def outcome(judgement: Judgement) -> str:
    """Give the outcome in a word or two, for nothing is told by colour alone."""
    if judgement.limit is None:
        return UNJUDGED
    return PASSED if judgement.passed else FAILED


def shown(figure: Figure, value: Value) -> str:
    """Give a value with its unit."""
    match figure, value:
        case _, None:
            return "not told by this coding"
        case _, bool():
            return "yes" if value else "no"
        case _, str():
            return value
        case Figure.CHANNELS, _:
            return {1: "mono", 2: "stereo"}.get(int(value), f"{value:.0f} channels")
        case Figure.DURATION, _:
            return str(timedelta(seconds=round(value)))
        case ((Figure.RATE | Figure.BIT_RATE), _):
            return f"{value:.0f} {UNITS[figure]}"
        case _ if not isfinite(value):
            return "too quiet to measure"
    return f"{value:.2f} {UNITS[figure]}"


def asked(judgement: Judgement) -> str:
    """Give what is asked of a figure; nothing where nothing is."""
    figure, limit = judgement.figure, judgement.limit
    match limit:
        case None:
            return ""
        case Limits(low, high) if figure is Figure.CHANNELS:
            return f"{shown(figure, low)} or {shown(figure, high)}"
        case Limits(low, high) if low == high:
            return shown(figure, high)
        case Limits(low, high) if low == -inf:
            return f"at most {_plain(figure, high)}"
        case Limits(low, high) if high == inf:
            return f"at least {_plain(figure, low)}"
        case Limits(low, high):
            return f"{low:g} to {_plain(figure, high)}"
    return shown(figure, limit)


def as_json(report: Report) -> str:
    """Give the report for machines; a value that has no number is null."""
    table = {
        "target": report.target.name,
        "title": report.target.title,
        "passed": report.passed,
        "summary": summary(report),
        "differing": [figure.value for figure in report.differing],
        "files": [_file(file, report.target) for file in report.files],
        "unreadable": [
            {"path": str(error.path), "reason": error.reason} for error in report.unreadable
        ],
    }
    return json.dumps(table, indent=1, allow_nan=False) + "\n"


def _file(file: CheckedFile, target: Target) -> dict[str, Any]:
    found = file.found.finding
    return {
        "path": str(file.figures.path),
        "passed": not file.failed,
        "statement": statement(file, target),
        "figures": {one.figure.value: _figure(one) for one in file.judgements},
        "watermark": {
            "found": found.found,
            "kind": found.kind.value if found.kind else None,
            "said": plain(file.found),
        },
        "labels": file.figures.labels,
    }


def _figure(judgement: Judgement) -> dict[str, Any]:
    limit = judgement.limit
    return {
        "value": _number(judgement.value),
        "unit": UNITS.get(judgement.figure, ""),
        "limit": [_number(end) for end in limit] if isinstance(limit, Limits) else limit,
        "outcome": outcome(judgement),
    }


def _number(value: Value) -> Value:
    return None if isinstance(value, float) and not isfinite(value) else value


def _plain(figure: Figure, end: float) -> str:
    if figure is Figure.DURATION:
        return shown(figure, end)
    return f"{end:g} {UNITS[figure]}"
