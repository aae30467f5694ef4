"""The report of a check as one page of HTML that needs nothing else and reads well aloud."""

from html import escape

from narrator.audio.targets import Judgement, Target
from narrator.studio.checking.files import CheckedFile, Report
from narrator.studio.checking.report import (
    FAILED,
    asked,
    labels,
    mark,
    outcome,
    shown,
    statement,
    summary,
)

# Contrast at least 7:1 in both schemes; passed and failed are words before they are colours.
STYLE = """
:root { color-scheme: light dark; --text: #1a1a1a; --page: #fff; --line: #767676; --bad: #8f0000; }
@media (prefers-color-scheme: dark) {
  :root { --text: #f2f2f2; --page: #161616; --line: #9a9a9a; --bad: #ffb3b3; }
}
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
  max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h2 { overflow-wrap: anywhere; margin-top: 2.5rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .5rem 0; }
th, td { text-align: left; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--line); }
.failed, .failed th { color: var(--bad); font-weight: bold; }
"""


def as_html(report: Report) -> str:
    """Give the report as a page."""
    title = f"Check against {report.target.title}"
    parts = [f"<p>{escape(sentence)}</p>" for sentence in summary(report)]
    parts += [_file(file, report.target) for file in report.files]
    if report.unreadable:
        rows = [
            f"<li>{escape(str(error.path))}: {escape(error.reason)}</li>"
            for error in report.unreadable
        ]
        parts += ["<h2>Files that cannot be read as sound</h2>", "<ul>", *rows, "</ul>"]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )


def _file(file: CheckedFile, target: Target) -> str:
    rows = "\n".join(map(_row, file.judgements))
    path = file.figures.path
    return (
        f"<h2>{escape(path.name)}</h2>\n"
        f'<div class="table" role="region" tabindex="0" aria-label="{escape(path.name)}">\n'
        f"<table>\n<caption>{escape(statement(file, target))}</caption>\n"
        '<thead><tr><th scope="col">Figure</th><th scope="col">Value</th>'
        '<th scope="col">Limit</th><th scope="col">Outcome</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
        f"<p>{escape(str(path))}</p>\n"
        f"<p>{escape(mark(file))}<br>{escape(labels(file))}</p>"
    )


def _row(judgement: Judgement) -> str:
    said = outcome(judgement)
    style = ' class="failed"' if said == FAILED else ""
    cells = (shown(judgement.figure, judgement.value), asked(judgement), said)
    return (
        f'<tr{style}><th scope="row">{escape(judgement.figure.value)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        + "</tr>"
    )
