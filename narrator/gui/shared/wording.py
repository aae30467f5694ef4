"""What the window says of numbers, times and errors, in the user's words."""

import logging
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from narrator.audio.recording import Advice
from narrator.errors import NarratorError
from narrator.words import explain

MINUTE = 60
MEGABYTE, GIGABYTE = 10**6, 10**9
SHOWN_CHARACTERS = 200  # of a title: hostile books have titles as long as chapters

log = logging.getLogger(__name__)


def numeral(value: float, places: int = 0) -> str:
    """Give a number as the language of the window writes it, as in "1,204" and "2.50"."""
    return QLocale().toString(float(value), "f", places)


def short_numeral(value: float) -> str:
    """Give a number with no more places than it has, as in "2" and "2.5"."""
    return QLocale().toString(float(value), "g")


def counted(count: int, one: str, many: str) -> str:
    """Give a number with its noun, as in "1 chapter" and "1,204 sentences"."""
    return f"{numeral(count)} {one if count == 1 else many}"


def size_told(size: int) -> str:
    """Give a number of bytes as people say it, as in "812 MB" and "1.2 GB"; 0 MB is nothing."""
    if size >= GIGABYTE:
        return _tr("{size} GB").format(size=numeral(size / GIGABYTE, 1))
    return _tr("{size} MB").format(size=numeral(max(size > 0, round(size / MEGABYTE))))


def rounded(seconds: float) -> str:
    """Give a stretch of time as people say it, as in "about 3 minutes"."""
    if seconds < MINUTE:
        return _tr("less than a minute")
    hours, over = divmod(round(seconds / MINUTE), 60)
    parts = (
        counted(hours, _tr("hour"), _tr("hours")) if hours else "",
        counted(over, _tr("minute"), _tr("minutes")) if over else "",
    )
    return _tr("about {time}").format(time=" ".join(part for part in parts if part))


def minutes(seconds: float) -> str:
    """Give a stretch of time for a column, as in "3 min"; never less than one."""
    return _tr("{minutes} min").format(minutes=numeral(max(1, round(seconds / MINUTE))))


def shortened(text: str) -> str:
    """Give `text` in one line that fits a window, cut where it is endless."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_CHARACTERS else f"{line[:SHOWN_CHARACTERS]}…"


def clock(seconds: float) -> str:
    """Give a stretch of time as clocks show it, as in "1:05"."""
    full, rest = divmod(int(seconds), 60)
    return f"{full}:{rest:02}"


def day_told(time: datetime) -> str:
    """Give a day as the system's language writes it, as in "3 November 2027"."""
    day = time.astimezone()
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def level_told(seconds: float, longest: float, peak_db: float) -> str:
    """Give the words beside the level bar: how long, how loud."""
    return _tr("{seconds} of {longest} · peak {peak} dB").format(
        seconds=clock(seconds), longest=clock(longest), peak=f"{peak_db:.0f}".replace("-", "−")
    )


def advice_told(advice: Advice) -> str:
    """Give what a speaker should do about the level."""
    match advice:
        case Advice.TOO_QUIET:
            return _tr("! too quiet: come nearer to the microphone")
        case Advice.TOO_LOUD:
            return _tr("! too loud: move away or turn the microphone down")
        case Advice.GOOD:
            return _tr("✓ good")


def error_told(error: Exception) -> str:
    """Give the sentence for an error; one that has no name is a bug, and goes to the log."""
    if isinstance(error, NarratorError):
        return explain(error, QCoreApplication.translate)
    log.error("unexpected error", exc_info=error)
    return _tr("Something unexpected went wrong ({name}): look into the log.").format(
        name=type(error).__name__
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("wording", text)
