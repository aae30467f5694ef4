"""Dates, years and times as they are said: "5 Jan. 1850", "1914-18", "the '90s", "5:30 p.m."."""

import re

from narrator.text.numbers import bare, cardinal, ordinal, plural, year
from narrator.text.rules import DASH, STOP, Match, Rule, rule, stop

MONTHS = (
    "January February March April May June July August September October November December".split()
)
_SHORT = {name[:3]: name for name in MONTHS} | {"Sept": "September"}
_MONTH = (
    rf"(?P<month>(?:{'|'.join(MONTHS)})\b|(?:{'|'.join(sorted(_SHORT, reverse=True))})(?:\.|\b))"
)
_SAID_DATE = rf"(?:the [a-z-]+ of )?(?:{'|'.join(MONTHS)})\b"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_TH = r"(?:st|nd|rd|th)?"
_WHICH_YEAR = r"(?:(?P<comma>,)? (?P<year>\d{4})(?![\d:]|[.,]\d))?"
_NO_DAY = r"(?![\d:/%°$]|[.,]\d|-?\w| ?(?:[ap]\.?m\b|o'clock|percent|million|thousand))"
_ERA = r"(?:A\.?D|B\.?C(?:\.?E)?|C\.?E)(?![A-Za-z])"
_YEARLIKE = r"(?:[12]\d{3})"


def _month(match: Match) -> str:
    written: str = match["month"]
    return _SHORT.get(written.rstrip("."), written)


def _year_after(match: Match) -> str:
    if not match["year"]:
        return ""
    return f"{match['comma'] or ''} {year(int(match['year']))}"


def _the(match: Match) -> str:
    if match["the"]:
        return str(match["the"])
    return "The " if match.start() == 0 else "the "


def _day_month(match: Match) -> str:
    return f"{_the(match)}{ordinal(int(match['day']))} of {_month(match)}{_year_after(match)}"


def _days_month(match: Match) -> str:
    first, last = ordinal(int(match["first"])), ordinal(int(match["day"]))
    return f"{_the(match)}{first} to the {last} of {_month(match)}{_year_after(match)}"


def _month_day(match: Match) -> str:
    last = f" to {ordinal(int(match['last']))}" if match["last"] else ""
    return f"{_month(match)} {ordinal(int(match['day']))}{last}{_year_after(match)}"


def _month_year(match: Match) -> str:
    return f"{_month(match)}{_year_after(match)}"


def _numeric(match: Match) -> str:
    """Month, day and year in figures; what cannot be a month is the day."""
    month, day = int(match["m"]), int(match["d"])
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return match[0]
    words = f"{MONTHS[month - 1]} {ordinal(day)}"
    return f"{words}, {_short_year(match['y'])}" if match["y"] else words


def _short_year(text: str) -> str:
    if len(text) == 4:
        return year(int(text))
    return f"oh {cardinal(int(text))}" if text[0] == "0" else cardinal(int(text))


def _era(match: Match) -> str:
    ahead, behind = match["ahead"], match["behind"]
    letters = " ".join((ahead or behind).replace(".", ""))
    first, last = match["first"], match["last"]
    words = year(int(first)) + (f" to {year(int(last))}" if last else "")
    return f"{letters} {words}" if ahead else f"{words} {letters}{stop(match)}"


def _decade(match: Match) -> str:
    digits = match["decade"]
    value = int(digits)
    words = "two thousand" if value == 2000 else year(value)
    return plural(words)


def _years(match: Match) -> str:
    first, last = match["first"], match["last"]
    return f"{year(int(first))} to {_short_year(last)}"


def _elided_year(match: Match) -> str:
    return _short_year(match[1])


def _year_of(match: Match) -> str:
    return f"{match[1]} {year(int(match[2]))}"


def _meridiem(match: Match) -> str:
    return " ".join(match["half"].replace(".", "").replace(" ", "").upper()) + stop(match)


def _clock(match: Match) -> str:
    """A time in hours and minutes; the full hour is "o'clock" unless a.m. or p.m. follows."""
    hour, minute = int(match["hour"]), int(match["minute"])
    half = f" {_meridiem(match)}" if match["half"] else ""
    words = cardinal(hour)
    if minute:
        words += f" {'oh ' if minute < 10 else ''}{cardinal(minute)}"
    elif not half and not re.match(r" ?o['’]clock", match.string[match.end() :]):
        words += " o'clock" if 0 < hour < 13 else " hundred"
    if match["second"]:
        words += f" and {cardinal(int(match['second']))} seconds"
    return words + half


def _hour(match: Match) -> str:
    first = f"{cardinal(int(match['first']))} to " if match["first"] else ""
    return f"{first}{cardinal(int(match['hour']))} {_meridiem(match)}"


def _military(match: Match) -> str:
    hour, minute = match[1], match[2]
    words = f"oh {cardinal(int(hour))}" if hour[0] == "0" else cardinal(int(hour))
    return f"{words} {'hundred' if minute == '00' else _short_year(minute)} hours"


def _odds(match: Match) -> str:
    return f"{match[1] or ''}{bare(match[2])} to {bare(match[3])}"


def _until(match: Match) -> str:
    return f"{match[1]} to "


_HALF = rf"(?:(?P<half>[ap]\. ?m(?=\.)|[AP]\.M(?=\.)|[ap]m\b|[AP]M\b){STOP})"
DATES: tuple[Rule, ...] = (
    rule(
        rf"(\d['’]?s|\d ?(?:{_ERA}\.?|[ap]\.m\.|[ap]m|[AP]M)|\d:\d\d){DASH}"
        r"(?=['’]?\d|noon|midnight)",
        _until,
    ),
    rule(
        r"(?<![\d-])(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\d-])", _numeric
    ),
    rule(r"(?<![\d/])(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d\d)(?![\d/])", _numeric),
    rule(
        r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>0?[1-9]|1[0-2])\.(?P<y>(?:1\d|20)\d\d)(?![\d.])", _numeric
    ),
    rule(
        r"(?<=\b[oO]n )(?!9/11)(?P<m>1[0-2]|[1-9])/(?P<d>[12]\d|3[01]|[1-9])(?P<y>(?!))?(?![\d/])",
        _numeric,
    ),
    rule(
        rf"(?P<the>\b[Tt]he )?(?<![\d.,:/–-])(?P<first>3[01]|[12]\d|[1-9]){_TH}{DASH}{_DAY}"
        rf"{_TH} (?:of )?{_MONTH}{_WHICH_YEAR}",
        _days_month,
    ),
    rule(
        rf"(?P<the>\b[Tt]he )?(?<![\d.,:/$£€])(?<!\d[–-]){_DAY}{_TH} (?:of )?{_MONTH}{_WHICH_YEAR}",
        _day_month,
    ),
    rule(
        rf"\b{_MONTH} (?:the )?{_DAY}{_TH}(?:{DASH}(?P<last>3[01]|[12]\d|[1-9]){_TH})?"
        rf"{_NO_DAY}{_WHICH_YEAR}",
        _month_day,
    ),
    rule(rf"\b{_MONTH}(?P<comma>,)? (?P<year>[12]\d{{3}})(?![\d:]|[.,]\d)", _month_year),
    rule(
        rf"\b(?P<ahead>{_ERA})\.? (?P<first>\d{{1,4}})(?:{DASH}(?P<last>\d{{1,4}}))?(?!\d)"
        rf"(?P<behind>(?!))?(?P<stop>(?!))?",
        _era,
    ),
    rule(
        rf"(?<![\d,.])(?P<first>\d{{1,4}})(?:{DASH}(?P<last>\d{{1,4}}))? ?(?P<behind>{_ERA}){STOP}"
        rf"(?P<ahead>(?!))?",
        _era,
    ),
    rule(r"(\d(?:st|nd|rd|th)) c\.(?= [A-Z])", r"\1 century"),
    rule(rf"(?<=[a-z])(?: ?–| -) ?(?={_SAID_DATE})", " to "),
    rule(r"(?<!\w)['’]?(?P<decade>(?:1\d|20)\d0|[2-9]0)['’]?s\b", _decade),
    rule(
        rf"(?<![\d,.-])(?P<first>{_YEARLIKE})(?:{DASH}|/)(?P<last>{_YEARLIKE}|\d\d)(?![\d/-]|[.,]\d)",
        _years,
    ),
    rule(r"(?<!\w)['’](\d\d)(?!\w)", _elided_year),
    rule(
        r"\b([Ii]n|[Ss]ince|[Yy]ear|[Uu]ntil|[Tt]ill|[Bb]y|circa|c\.) (10\d\d)(?!\w|[.,:]\d)",
        _year_of,
    ),
)
TIMES: tuple[Rule, ...] = (
    rule(
        rf"(?<![\d:.])(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)"
        rf"(?::(?P<second>[0-5]\d))? ?{_HALF}",
        _clock,
    ),
    rule(
        r"\b((?:ratio|odds|scale) of |(?:odds|chances) (?:were|are|at) )(\d{1,7}):(\d{1,7})(?!\d)",
        _odds,
    ),
    rule(
        r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:])"
        r"(?P<half>(?!))?",
        _clock,
    ),
    rule(r"()(?<![\d:.,])(\d{1,4}):(\d{1,4})(?![\d:])", _odds),
    rule(
        rf"(?<![\d:.,$])(?:(?P<first>1[0-2]|[1-9]){DASH})?(?P<hour>1[0-2]|[1-9]) ?{_HALF}",
        _hour,
    ),
    rule(r"(?<![\d:.,])([01]\d|2[0-4])([0-5]\d) hours\b", _military),
)
