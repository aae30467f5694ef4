"""The table as data and in words: rows of named figures, written as Markdown or HTML."""

import math
from collections.abc import Mapping
from html import escape

from narrator.training.judges import Interval

Figure = Interval | float | int | None
Rows = Mapping[str, Mapping[str, Figure]]
Tables = Mapping[str, Rows]


def as_markdown(tables: Tables) -> str:
    """Write the tables for the model card; a figure that was not measured leaves its cell empty."""
    blocks = []
    for title, rows in tables.items():
        columns = _columns(rows)
        lines = [f"| {title} | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
        for name, row in rows.items():
            cells = [in_words(row.get(column)) for column in columns]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def as_html(tables: Tables) -> str:
    """Write the tables for the page, with headers that a screen reader can follow."""
    return "\n".join(_html_table(title, rows) for title, rows in tables.items())


def _html_table(title: str, rows: Rows) -> str:
    columns = _columns(rows)
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f"<td>{in_words(row.get(column))}</td>" for column in columns)
        + "</tr>\n"
        for name, row in rows.items()
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(title)}"><table>'
        f"<caption>{escape(title)}</caption>\n"
        f"<thead><tr><td></td>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def _columns(rows: Rows) -> list[str]:
    return list(dict.fromkeys(column for row in rows.values() for column in row))


def in_words(figure: Figure) -> str:
    """Write a figure to the digit that its interval allows."""
    match figure:
        case None:
            return ""
        case Interval():
            width = max(figure.high - figure.low, 1e-9)
            digits = max(0, min(3, 1 - math.floor(math.log10(width))))
            mean, low, high = (f"{value:.{digits}f}" for value in figure)
            return f"{mean} ({low} to {high})"
        case int():
            return str(figure)
        case _:
            return f"{figure:.2f}"
