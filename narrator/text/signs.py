"""Signs that are said or give a pause, and the sweep that leaves letters and punctuation alone."""

import re

from narrator.text.rules import Match, Rule, rule

_NAMES = {
    "&": "and", "%": "percent", "‰": "per thousand", "+": "plus", "=": "equals", "@": "at",
    "©": "copyright",
    "§": "section", "¶": "paragraph", "°": "degrees", "×": "times", "÷": "divided by",
    "±": "plus or minus",
    "≈": "approximately", "≤": "is at most", "≥": "is at least", "≠": "is not equal to",
    "√": "the square root of", "∞": "infinity", "π": "pi", "$": "dollars", "£": "pounds",
    "€": "euros",
    "¥": "yen", "¢": "cents", "₹": "rupees", "₽": "rubles", "₩": "won", "₿": "bitcoin",
}  # fmt: skip
_PAIRS = {
    "w/": "with",
    "w/o": "without",
    "c/o": "care of",
    "n/a": "N A",
    "N/A": "N A",
    "a/c": "account",
}
_SINGLE = {
    "C#": "C sharp",
    "F#": "F sharp",
    "C++": "C plus plus",
    "c++": "C plus plus",
    "A+": "A plus",
}


def _name(match: Match) -> str:
    return f" {_NAMES[match[0]]} "


def _single(match: Match) -> str:
    return _SINGLE[match[0]]


def _pair(match: Match) -> str:
    return _PAIRS[match[0]]


def _slash(match: Match) -> str:
    left, right = match[1], match[2]
    if (left + right).isupper() and len(left) < 4 and len(right) < 4:
        return f"{left} {right}"
    joint = " " if left in ("and", "either") else " or "
    return left + joint + right


SIGNS: tuple[Rule, ...] = (
    rule(r"_+", lambda match: "" if match.start() in (0, len(match.string) - 1) else " "),
    rule(
        r"(?<![\w&])([A-Z]{1,3})&(?:amp;)?([A-Z]{1,3})(?!\w)",
        lambda match: f"{' '.join(match[1])} and {' '.join(match[2])}",
    ),
    rule(r"[<>]=", lambda match: "≤" if match[0] == "<=" else "≥"),
    rule(r"</?[A-Za-z][^<>]{0,200}>", " "),
    rule(r"\[(?:\d{1,3}|[*†‡a-z])\]", ""),
    rule(r"(?<!\w)(?:C#|F#|[Cc]\+\+|A\+)(?!\w)", _single),
    rule(r"(?<!\w)(?:w/o?|c/o|n/a|N/A|a/c)(?!\w)", _pair),
    rule(r"#(?= ?\d)", "number "),
    rule(r"§§? ?(?=\d)", lambda match: "sections " if match[0].startswith("§§") else "section "),
    rule(r"(?<!\w)~ ?(?=[$£€]?\d)", "about "),
    rule(r"(?<=\d) ?\* ?(?=\d)", " times "),
    rule(r"(?<=[\d)]) ?[-–] ?(?=\d[\d.,]*+ ?=)", " minus "),
    rule(r"(?<=[\w)]) < (?=[\w-])", " is less than "),
    rule(r"(?<=[\w)]) > (?=[\w-])", " is greater than "),
    rule(r"(?<!\w)<(?= ?\d)", "less than "),
    rule(r"(?<!\w)>(?= ?\d)", "more than "),
)
SWEEP: tuple[Rule, ...] = (
    rule(
        r"(?<![^\W\d_])([^\W\d_]++)/(?=([^\W\d_]++))", lambda match: _slash(match)[: -len(match[2])]
    ),
    rule("[" + re.escape("".join(_NAMES)) + "]", _name),
    rule(r"^\(([^\W\d_])\) ?", lambda match: f"{match[1].upper()}, "),
    rule(r"(?<=[\w.”’]) ?[(\[{](?=[\w“‘'])", ", "),
    rule(r"(?<=[\w”’])[)\]}](?= [\w“‘'])", ","),
    rule(r"(?<=\w)([.!?])[)\]}](?= [a-z])", ","),
    rule(r" / ", ", "),
    rule(r"′|″", " "),
    rule(r"[^A-Za-zÀ-ÖØ-öø-ɏ'’‘“”,;:.?!…—\- ]", " "),
)
TIDY: tuple[Rule, ...] = (
    rule(r" {2,}", " "),
    rule(r"(?<![A-Za-zÀ-ɏ])-++(?![A-Za-zÀ-ɏ])|(?<![A-Za-zÀ-ɏ])-|-(?![A-Za-zÀ-ɏ])", " "),
    rule(r" {2,}", " "),
    rule(r" (?=[,;:.?!])", ""),
    rule(r"([,;:])(?:[,;:])++", r"\1"),
    rule(r"[,;:](?=[.?!])|(?<=[.?!…])[,;:](?= ?[A-Z“]|$)(?!$)", ""),
    rule(r"([!?.])\1++", r"\1"),
    rule(r"^[ ,;:.?!-]++(?=[A-Za-zÀ-ɏ“‘'])", ""),
    rule(r"(?<=[,;?!…])(?=[A-Za-zÀ-ɏ])", " "),
)
