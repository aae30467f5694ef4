"""Numbers as they are said in the United States: no "and", "oh" for the zero of a year."""

from functools import lru_cache

from num2words import num2words

_LONGEST = 36  # digits; beyond undecillions nobody follows, so the digits are read out
_DIGITS = "zero one two three four five six seven eight nine".split()
_PARTS = {2: "half", 4: "quarter"}
FRACTION_SIGNS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5),
    "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_TENS = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"))
_ONES = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@lru_cache(maxsize=4096)
def cardinal(value: int) -> str:
    """The number in words: 112 is "one hundred twelve"."""
    words: str = num2words(value)
    return words.replace(" and ", " ").replace(",", "")


@lru_cache(maxsize=4096)
def ordinal(value: int) -> str:
    """The rank in words: 21 is "twenty-first"."""
    words: str = num2words(value, to="ordinal")
    return words.replace(" and ", " ").replace(",", "")


@lru_cache(maxsize=4096)
def year(value: int) -> str:
    """The year in words: 1905 is "nineteen oh-five", 2005 "two thousand five"."""
    if value < 100 or value % 1000 < 10 or value > 9999:
        return cardinal(value)
    if value < 1000:
        return grouped(str(value))
    words: str = num2words(value, to="year")
    return words.replace(" and ", " ")


def digits(text: str, zero: str = "zero") -> str:
    """Each digit by its name."""
    return " ".join(zero if digit == "0" else _DIGITS[int(digit)] for digit in text)


def whole(text: str) -> str:
    """A run of digits, with or without commas, as a number; digit by digit where it is a code."""
    plain = text.replace(",", "")
    if len(plain) > _LONGEST or (len(plain) > 1 and plain.startswith("0")):
        return digits(plain)
    return cardinal(int(plain))


def number(text: str) -> str:
    """A written number with commas and decimals: "1,000.5" is "one thousand point five"."""
    before, _, after = text.partition(".")
    words = [whole(before)] if before else []
    if after:
        words.append("point " + digits(after))
    return " ".join(words)


def bare(text: str) -> str:
    """A number without a unit: four digits from 1100 to 2099 are read as a year."""
    if len(text) == 4 and text.isdigit() and 1100 <= int(text) <= 2099:
        return year(int(text))
    return number(text)


def grouped(text: str) -> str:
    """Digits as in a house or flight number: "221" is "two twenty-one", "101" "one oh one"."""
    if len(text) == 4 and text[0] != "0" and text[1:] != "000":
        return f"{cardinal(int(text[:2]))} {_pair(text[2:])}"
    if len(text) == 3 and text[0] != "0":
        return f"{cardinal(int(text[0]))} {_pair(text[1:])}"
    return whole(text)


def _pair(text: str) -> str:
    if text == "00":
        return "hundred"
    return f"oh {cardinal(int(text))}" if text[0] == "0" else cardinal(int(text))


def plural(words: str) -> str:
    """The plural of a number in words: "ninety" gives "nineties", "six" "sixes"."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith("x") else "s")


def fraction(above: int, below: int) -> str:
    """A fraction in words: "three quarters"."""
    name = _PARTS.get(below, ordinal(below).removeprefix("one "))
    if above == 1:
        return f"one {name}"
    return f"{cardinal(above)} {'halves' if below == 2 else plural(name)}"


def with_fraction(words: str, sign: str) -> str:
    """A whole number in words and a sign as ½ after it: "two and a half"."""
    part = fraction(*FRACTION_SIGNS[sign])
    return f"{words} and {part.replace('one ', 'a ', 1) if part.startswith('one ') else part}"


def roman(text: str) -> int | None:
    """The value of a Roman numeral in its usual form, in either case; None for anything else."""
    if not 0 < len(text) < 16 or any(letter not in _ROMAN for letter in text.upper()):
        return None
    values = [_ROMAN[letter] for letter in text.upper()]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return total if text.upper() == _written_roman(total) else None


def _written_roman(value: int) -> str:
    letters = ""
    for worth, sign in (*_TENS, *_ONES):
        count, value = divmod(value, worth)
        letters += sign * count
    return letters
