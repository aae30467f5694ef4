"""Money as it is said: "$3.50", "£1,234,567", "€5m", "50¢", "£2 10s. 6d."."""

from typing import NamedTuple

from narrator.text.numbers import bare, cardinal, number, whole
from narrator.text.rules import DASH, NUMBER, STOP, Match, Rule, rule, stop


class _Currency(NamedTuple):
    one: str
    several: str
    part: str  # a hundredth of it
    parts: str


_CURRENCIES = {
    "$": _Currency("dollar", "dollars", "cent", "cents"),
    "US$": _Currency("U S dollar", "U S dollars", "cent", "cents"),
    "£": _Currency("pound", "pounds", "penny", "pence"),
    "€": _Currency("euro", "euros", "cent", "cents"),
    "¥": _Currency("yen", "yen", "sen", "sen"),
    "₹": _Currency("rupee", "rupees", "paisa", "paise"),
    "₽": _Currency("ruble", "rubles", "kopeck", "kopecks"),
    "₩": _Currency("won", "won", "jeon", "jeon"),
    "₿": _Currency("bitcoin", "bitcoins", "satoshi", "satoshis"),
}
_CODES = {"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
_SCALES = {
    "k": "thousand",
    "m": "million",
    "mn": "million",
    "b": "billion",
    "bn": "billion",
    "t": "trillion",
    "tn": "trillion",
}
_PENCE = {"1": "a penny", "2": "twopence", "3": "threepence", "4": "fourpence", "6": "sixpence"}
_SCALE = (
    r"(?:[ -]?(?P<scale>million|billion|trillion|thousand|hundred)\b"
    r"|(?P<short>[kKmMbBtT]n?)(?!\w))?"
)
_SIGN = r"(?P<sign>US\$|[$£€¥₹₽₩₿])"
_COUNTED = (
    "bill note coin fine check cheque tip ticket reward bet prize raise gift loan deal question "
    "stamp "
    "wager investment budget lawsuit house mansion gold-piece"
)
_OF = rf"(?P<of>[ -](?:{'|'.join(_COUNTED.split())})\b|-(?=[A-Za-z]))?"


def _scale(match: Match) -> str:
    return match["scale"] or _SCALES.get((match["short"] or "").lower(), "")


def _amount(match: Match) -> str:
    """One sum: whole units and hundredths, or a number of millions."""
    currency, written, scale = _CURRENCIES[match["sign"]], match["number"], _scale(match)
    minus = "minus " if match["minus"] else ""
    before, _, after = written.partition(".")
    if match["of"]:
        words = "-".join(filter(None, (bare(written).replace(" ", "-"), scale, currency.one)))
        return f"{minus}{words}{match['of']}"
    if scale:
        return f"{minus}{number(written)} {scale} {currency.several}"
    if len(after) == 2:
        return minus + _with_parts(currency, before.replace(",", ""), after)
    return f"{minus}{number(written)} {currency.one if written == '1' else currency.several}"


def _with_parts(currency: _Currency, before: str, after: str) -> str:
    units = f"{whole(before)} {currency.one if before == '1' else currency.several}"
    parts = f"{cardinal(int(after))} {currency.part if after == '01' else currency.parts}"
    if after == "00":
        return units
    return parts if not before.strip("0") else f"{units} and {parts}"


def _range(match: Match) -> str:
    currency, scale = _CURRENCIES[match["sign"]], _scale(match)
    spoken = f"{number(match['low'])} to {number(match['high'])}"
    return " ".join(filter(None, (spoken, scale, currency.several)))


def _parts_alone(match: Match) -> str:
    sign, count = match["part"], match["number"]
    one, several = ("cent", "cents") if sign == "¢" else ("penny", "pence")
    return f"{number(count)} {one if count == '1' else several}"


def _sterling(match: Match) -> str:
    """Pounds, shillings and pence, of which any one may be missing."""
    pounds, shillings, pence = match["pounds"], match["shillings"], match["pence"]
    words = []
    if pounds:
        words.append(f"{whole(pounds)} {'pound' if pounds == '1' else 'pounds'}")
    words.append(f"{cardinal(int(shillings))} {'shilling' if shillings == '1' else 'shillings'}")
    if pence:
        words.append("and " + _PENCE.get(pence, f"{cardinal(int(pence))} pence"))
    return " ".join(words) + stop(match)


def _old_pence(match: Match) -> str:
    return _PENCE.get(match[1], f"{cardinal(int(match[1]))} pence") + stop(match)


def _code(match: Match) -> str:
    written = match["after"] or match["before"]
    currency = _CURRENCIES[_CODES[match["ahead"] or match["behind"]]]
    return f"{number(written)} {currency.one if written == '1' else currency.several}"


_CODE = "|".join(_CODES)
MONEY: tuple[Rule, ...] = (
    rule(
        r"(?:£(?P<pounds>\d{1,7}),? ?\.?)?(?<![\d.])(?P<shillings>1?\d)s\. ?(?:(?P<pence>1?\d)d"
        + STOP
        + ")",
        _sterling,
    ),
    rule(
        r"£(?P<pounds>\d{1,7}),?[ .] ?(?P<shillings>1?\d)s(?!\w)(?P<pence>(?!))?" + STOP,
        _sterling,
    ),
    rule(
        r"(?<![\w.])(?P<shillings>1?\d)s(?P<pounds>(?!))?(?P<pence>(?!))?(?=\.)" + STOP, _sterling
    ),
    rule(r"(?<![\w.])(1?\d)d(?=\.)" + STOP, _old_pence),
    rule(
        rf"{_SIGN}(?P<low>{NUMBER}){DASH}(?P=sign)?(?P<high>\d[\d,]*+(?:\.\d++)?){_SCALE}(?![\w%-])",
        _range,
    ),
    rule(rf"(?P<minus>(?<!\w)-)?{_SIGN}-? ?(?P<number>{NUMBER}){_SCALE}{_OF}", _amount),
    rule(rf"(?P<number>{NUMBER}) ?(?P<part>¢|(?<=\d)p(?![\w.]))", _parts_alone),
    rule(rf"(?P<number>{NUMBER})(?P<minus>(?!))?{_SCALE}(?P<of>(?!))? ?{_SIGN}(?! ?\d)", _amount),
    rule(
        rf"\b(?P<ahead>{_CODE}) ?(?P<after>{NUMBER})|(?P<before>{NUMBER}) ?(?P<behind>{_CODE})\b",
        _code,
    ),
)
