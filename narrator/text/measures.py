"""Measures as they are said: "-4.5°C", "7 lb 3 oz", "12.5%", "60 km/h", "5'10"", "40°26′N"."""

import re

from narrator.text.numbers import FRACTION_SIGNS, cardinal, fraction, grouped, number, with_fraction
from narrator.text.rules import DASH, NUMBER, STOP, Match, Rule, rule, stop

_REGULAR = """
km kilometer, m meter, cm centimeter, mm millimeter, μm micrometer, nm nanometer, kg kilogram, g
gram, mg milligram, μg microgram, t ton, L liter, l liter, ml milliliter, mL milliliter, cl
centiliter, ha hectare, h hour, hr hour, hrs hour, min minute, mins minute, s second, sec second,
secs second, ms millisecond, yr year, yrs year, wk week, wks week, lb pound, lbs pound, oz ounce,
yd yard, yds yard, mi mile, gal gallon, pt pint, qt quart, tsp teaspoon, tbsp tablespoon, W watt,
kW kilowatt, MW megawatt, GW gigawatt, V volt, kV kilovolt, mA milliamp, J joule, kJ kilojoule, N
newton, Pa pascal, kPa kilopascal, cal calorie, kcal kilocalorie, dB decibel, KB kilobyte, kB
kilobyte, MB megabyte, GB gigabyte, TB terabyte, px pixel, Ω ohm, kWh kilowatt hour, mos month
"""
_IRREGULAR = """
ft foot/feet, in inch/inches, ″ inch/inches, Hz hertz/hertz, kHz kilohertz/kilohertz, ′ foot/feet,
MHz megahertz/megahertz, GHz gigahertz/gigahertz, mph mile per hour/miles per hour, rpm R P M/R P
M, kph kilometer per hour/kilometers per hour, psi P S I/P S I, mpg mile per gallon/miles per
gallon, fps frame per second/frames per second, cwt hundredweight/hundredweight, cc C C/C C, hp
horsepower/horsepower, K kelvin/kelvin, bps bit per second/bits per second, kbps kilobit per
second/kilobits per second, Mbps megabit per second/megabits per second, Gbps gigabit per
second/gigabits per second
"""
_DOTTED_ONLY = frozenset({"in", "mos", "cal", "gal", "pt", "t"})  # words, where no stop follows


def _table(regular: str, irregular: str) -> dict[str, tuple[str, str]]:
    table = {}
    for entry in regular.replace("\n", " ").split(","):
        sign, name = entry.strip().split(" ", 1)
        table[sign] = (name, name + "s")
    for entry in irregular.replace("\n", " ").split(","):
        sign, names = entry.strip().split(" ", 1)
        one, several = names.split("/")
        table[sign] = (one, several)
    return table


_UNITS = _table(_REGULAR, _IRREGULAR)
_PER = {"h": "hour", "hr": "hour", "s": "second", "min": "minute", "yr": "year", "d": "day"}
_SIGNS = "".join(FRACTION_SIGNS)
_POWERS = {"²": "square ", "³": "cubic ", "2": "square ", "3": "cubic "}


def _alternatives(signs: set[str]) -> str:
    return "|".join(sorted(map(re.escape, signs), key=len, reverse=True))


_ANY = _alternatives(set(_UNITS))
_FREE = _alternatives(set(_UNITS) - _DOTTED_ONLY)
_UNIT = (
    rf"(?:(?P<area>sq|cu)\.? ?)?(?:(?P<unit>{_FREE})(?P<power>[²³]|(?<=m)[23](?!\w))?(?![\w'])"
    rf"|(?P<dotted>{'|'.join(sorted(_DOTTED_ONLY))})(?=\.|[²³]))"
    rf"(?:(?: ?/ ?|\.? per )(?P<per>(?:{_ANY}|d|day|week|month|year|person|capita|hour|minute|"
    r"second)(?![A-Za-z\d]))"
    r"(?P<raised>[²³])?)?"
)
_SCALES = {"C": "Celsius", "F": "Fahrenheit", "K": "kelvin"}
_POINTS = {"N": "north", "S": "south", "E": "east", "W": "west"}


def _minus(match: Match) -> str:
    return "minus " if match["minus"] else ""


def _value(match: Match) -> str:
    words = number(match["number"])
    return with_fraction(words, match["half"]) if match["half"] else words


def _part_of(match: Match) -> str:
    """Half a pound, three quarters of an inch."""
    name = _unit_name(match, True)
    one = f"{'an' if name[0] in 'aeio' else 'a'} {name}"
    above, below = FRACTION_SIGNS[match["part"]]
    words = f"half {one}" if below == 2 else f"{fraction(above, below)} of {one}"
    return words + stop(match)


def _measure(match: Match) -> str:
    written, glued = match["number"], match["glue"] == "-"
    low = f"{number(match['low'])} to " if match["low"] else ""
    singular = bool(glued or match["a"]) or (written == "1" and not low and not match["half"])
    words = f"{match['a'] or ''}{_minus(match)}{low}{_value(match)}"
    return f"{words}{'-' if glued else ' '}{_unit_name(match, singular)}{stop(match)}"


def _unit_name(match: Match, singular: bool) -> str:
    sign = match["unit"] or match["dotted"]
    area = {"sq": "square ", "cu": "cubic "}.get(match["area"] or "", "")
    power = _POWERS.get(match["power"] or "", area)
    words = power + _UNITS[sign][0 if singular else 1]
    if per := match["per"]:
        below = _PER.get(per) or (_UNITS[per][0] if per in _UNITS else per)
        words += f" per {_POWERS.get(match['raised'] or '', '')}{below}"
        words = words.replace("square second", "second squared")
    return words


def _height(match: Match) -> str:
    feet, inches = match["feet"], match["inches"]
    return f"{cardinal(int(feet))} foot {cardinal(int(inches))}"


def _temperature(match: Match) -> str:
    written = match["number"]
    low = f"{number(match['low'])} to " if match["low"] else ""
    degrees = "degree" if match["a"] or (written == "1" and not low) else "degrees"
    scale = _SCALES.get(match["scale"] or "")
    words = f"{match['a'] or ''}{_minus(match)}{low}{number(written)} {degrees}"
    return f"{words} {scale}{stop(match)}" if scale else words


def _coordinate(match: Match) -> str:
    words = f"{_minus(match)}{number(match['degrees'])} degrees"
    if match["minutes"]:
        words += f" {number(match['minutes'])} minutes"
    if match["seconds"]:
        words += f" {number(match['seconds'])} seconds"
    return f"{words} {_POINTS[match['point']]}" if match["point"] else words


def _percent(match: Match) -> str:
    low = f"{number(match['low'])} to " if match["low"] else ""
    name = "per thousand" if match["sign"] == "‰" else "percent"
    return f"{match['a'] or ''}{_minus(match)}{low}{_value(match)} {name}"


def _dimensions(match: Match) -> str:
    return " by ".join(
        grouped(part) if len(part) < 5 else number(part) for part in re.split(r" ?[x×] ?", match[0])
    )


_VALUE = (
    rf"(?P<a>\b[Aa]n? )?(?P<minus>(?<![\w)])-)?(?:(?P<low>{NUMBER})%?(?:{DASH}| to ))?"
    rf"(?P<number>{NUMBER})"
    rf"(?P<half>[{_SIGNS}])?"
)
_MINUTES = r"(?P<minutes>\d{1,2})['′’] ?(?:(?P<seconds>\d{1,2}(?:\.\d++)?)(?:[\"″”]|'') ?)?"
MEASURES: tuple[Rule, ...] = (
    rule(rf"({NUMBER}) st\b\.?(?= \d+ ?lb)", lambda match: f"{number(match[1])} stone"),
    rule(rf"(?<![\d/])(?P<part>[{_SIGNS}]) ?{_UNIT}{STOP}", _part_of),
    rule(
        rf"(?P<minus>(?<!\w)-)?(?P<degrees>{NUMBER})° ?{_MINUTES}(?P<point>[NSEW]\b)?",
        _coordinate,
    ),
    rule(
        rf"(?P<minus>(?<!\w)-)?(?P<degrees>{NUMBER})° ?(?P<minutes>(?!))?(?P<seconds>(?!))?"
        r"(?P<point>[NSEW])\b",
        _coordinate,
    ),
    rule(rf"{_VALUE} ?(?:°|deg\.?(?!\w))(?: ?(?P<scale>[CFK])(?!\w){STOP})?", _temperature),
    rule(
        r"(?<![\d.,])(?P<feet>[3-9])['′’] ?(?P<inches>1[01]|\d)(?:[\"″”]|''|(?=[\s.,;]|$))", _height
    ),
    rule(rf"{_VALUE} ?(?P<sign>[%‰])", _percent),
    rule(rf"{NUMBER} ?[x×] ?{NUMBER}(?: ?[x×] ?{NUMBER})?(?!\w)", _dimensions),
    rule(rf"{_VALUE}(?P<glue>[ -])?{_UNIT}{STOP}", _measure),
)
