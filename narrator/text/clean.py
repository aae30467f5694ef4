"""Characters as they come out of books -> the few that the rules of normalising know."""

import re
import unicodedata

from anyascii import anyascii
from ftfy import TextFixerConfig, fix_text

_REPAIR = TextFixerConfig(uncurl_quotes=False, normalization=None, unescape_html=True)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_SAME = str.maketrans(
    {
        **dict.fromkeys(_INVISIBLE),
        **dict.fromkeys("®™℠", None),
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys("―⸺⸻﹘", "—"),
        "−": "-",
        "‒": "–",
        **dict.fromkeys("„‟«❝", "“"),
        **dict.fromkeys("»❞", "”"),
        **dict.fromkeys("‚‛‹❛", "‘"),
        **dict.fromkeys("›❜ʼ＇ʹ", "’"),
        "´": "'",
        "`": "'",
        "ʻ": "‘",
        "⁄": "/",
        "∕": "/",
        "№": " No. ",
        "µ": "μ",
        "º": "°",
        "∶": ":",
        "⋯": "…",
        "‥": "…",
    }
)
_PLAIN = re.compile(r"[A-Za-z0-9 ,;:.?!'\"’“”‘—-]*+")
_KEPT = frozenset("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒²³¹⁴⁵⁶⁷⁸⁹⁰′″×÷±≈≤≥≠√∞°§¶©£€¥¢₹₽₩₿†‡–—…“”‘’‰π")
_LAST_PLAIN_LETTER = "\u024f"  # the end of Latin Extended-B: é and ł are left to the pronunciation
_SPACES = re.compile(r"\s+")
_DOTS = re.compile(r"\.(?: ?\.){2,}|…(?: ?[.…])*|(?<=[^.])\.\.(?!\.)")
_DASHES = re.compile(
    r"-{2,}|[–—]{2,}|(?<=\s)[-–](?=\s)(?!\s\d)|–(?=[”’\"A-Za-z]|\s\D)(?<![A-Za-z]–)"
)
_ELISIONS = "tis twas twill twould twere em cause til till bout round n cept im er neath tween"
_ELIDED = rf"(?:(?i:{'|'.join(_ELISIONS.split())})|\d\ds?)\b"
_ELISION = re.compile(rf"(?<![\w'’‘])['‘’](?={_ELIDED})")
_DOUBLE_OPEN = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–‘“'-]))\"(?=\S)")
_SINGLE_OPEN = re.compile(rf"(?:(?<=^)|(?<=[\s(\[—–“]))'(?=\w)(?!{_ELIDED})")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,;:?!…—-])['’](?!\w)")


def clean(text: str) -> str:
    """Give `text` repaired, in composed Unicode, with one kind of quote, dash, ellipsis and space.

    What has no meaning to the ear goes: soft hyphens, zero-width and control characters, emoji.
    Letters of other scripts are written in Latin ones. Apostrophes become ', double quotes “ and ”,
    single quotes that stand in pairs ‘ and ’.
    """
    if not _PLAIN.fullmatch(text):
        repaired = fix_text(text, config=_REPAIR)
        composed = unicodedata.normalize("NFC", repaired).translate(_SAME)
        text = "".join(_letter(character) for character in composed)
    text = _SPACES.sub(" ", text).strip()
    if "." in text or "…" in text:
        text = _DOTS.sub("…", text)
    if "-" in text or "–" in text or "——" in text:
        text = _DASHES.sub("—", text)
    return _curl(text.replace('\\"', '"').replace("\\'", "'"))


def _letter(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() or character.isspace() else ""
    if character in _KEPT or (character.isalpha() and character <= _LAST_PLAIN_LETTER):
        return character
    if character.isspace():
        return " "
    match unicodedata.category(character)[0]:
        case "L":
            return anyascii(character)
        case "N":
            return _figure(character)
        case "P":
            return anyascii(character) or " "
    return unicodedata.normalize("NFKC", character) if character in "℃℉㎏㎞㎡" else " "


def _figure(character: str) -> str:
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    return anyascii(character)


def _curl(text: str) -> str:
    if '"' in text:
        text = _DOUBLE_OPEN.sub("“", text)
        text = text.replace('"', "”")
    if not ("'" in text or "’" in text or "‘" in text):
        return text
    text = _ELISION.sub("'", text)
    return _curl_single(text)


def _curl_single(text: str) -> str:
    """Tell closing single quotes from apostrophes: the former have an opening one before them."""
    last_closing = max((found.start() for found in _SINGLE_CLOSE.finditer(text)), default=-1)
    opened, pieces, last = 0, [], 0
    for found in re.finditer(r"['‘’]", text):
        sign, at = found[0], found.start()
        if sign == "‘" or (at < last_closing and _SINGLE_OPEN.match(text, at)):
            sign, opened = "‘", opened + 1
        elif opened and _SINGLE_CLOSE.match(text, at):
            sign, opened = "’", opened - 1
        else:
            sign = "'"
        pieces += [text[last:at], sign]
        last = at + 1
    return "".join([*pieces, text[last:]])
