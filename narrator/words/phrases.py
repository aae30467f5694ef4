"""How facts stand in a sentence for the user: as a clause, in quotation marks, in a language."""

from collections.abc import Callable

Translate = Callable[[str, str], str]  # context, English text -> the text in a language

QUOTED_CHARACTERS = 60


def in_english(_: str, text: str) -> str:
    """Leave a text as it stands in the code."""
    return text


def clause(reason: str, translate: Translate) -> str:
    """Give a reason without the full stop that it may end with; it stays in its language."""
    return reason.strip().rstrip(".") or translate("words", "no reason is known")


def quote(text: str, translate: Translate) -> str:
    """Give a text in quotation marks, in one line, by its beginning where it is long."""
    line = " ".join(text.split())
    shown = f"{line[:QUOTED_CHARACTERS]}…" if len(line) > QUOTED_CHARACTERS else line
    return translate("words", "“{text}”").format(text=shown)
