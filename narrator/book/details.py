"""What a package says of its book beside title, authors and language."""

import html
import re
from collections.abc import Iterator

from lxml import etree

from narrator.book.archive import Archive
from narrator.book.epub_tolerant import Tolerant, package_file
from narrator.book.model import Details

DC = "http://purl.org/dc/elements/1.1/"
EVENT = "{http://www.idpf.org/2007/opf}event"
TAGS = re.compile(r"<[^<>]*>")  # descriptions often are pieces of web pages


def read_details(archive: Archive) -> Details:
    """Read subtitle, series, date, description and publisher; what is not said is "".

    Source: EPUB 3.3, sections 5.5.3 (title-type) and D.3 (belongs-to-collection); OPF 2.0.1,
    section 2.2 (date); calibre's own names for series.
    """
    work = Tolerant(archive)
    package = work.xml(package_file(work))
    if package is None:
        return Details()
    series, number = _series(package)
    return Details(
        subtitle=_subtitle(package),
        series=series,
        series_number=number,
        date=_date(package),
        description=_plain(next(_said(package, "description"), "")),
        publisher=next(_said(package, "publisher"), ""),
    )


def _subtitle(package: etree._Element) -> str:
    titles = package.iter(f"{{{DC}}}title")
    typed = (_text(one) for one in titles if _refined(package, one, "title-type") == "subtitle")
    return next(typed, "")


def _series(package: etree._Element) -> tuple[str, str]:
    for meta in package.iter("{*}meta"):
        is_one = meta.get("property") == "belongs-to-collection" and not meta.get("refines")
        if is_one and _refined(package, meta, "collection-type") in ("series", ""):
            return _text(meta), _number(_refined(package, meta, "group-position"))
    old = {meta.get("name"): meta.get("content") or "" for meta in package.iter("{*}meta")}
    return old.get("calibre:series", "").strip(), _number(old.get("calibre:series_index", ""))


def _date(package: etree._Element) -> str:
    """Give the date of publication, else one that is not said to be of something else."""
    dates = {element.get(EVENT) or "": _text(element) for element in package.iter(f"{{{DC}}}date")}
    return dates.get("publication") or dates.get("original-publication") or dates.get("", "")


def _said(package: etree._Element, name: str) -> Iterator[str]:
    texts = (_text(element) for element in package.iter(f"{{{DC}}}{name}"))
    return (text for text in texts if text)


def _refined(package: etree._Element, element: etree._Element, name: str) -> str:
    """Give what another line says of this one, by its id."""
    if not element.get("id"):
        return ""
    lines = (
        _text(meta)
        for meta in package.iter("{*}meta")
        if meta.get("property") == name and meta.get("refines") == f"#{element.get('id')}"
    )
    return next(lines, "")


def _number(text: str) -> str:
    """Give the place in a series, where calibre writes the second as "2.0"."""
    whole = text.strip()
    return whole.removesuffix(".0") if re.fullmatch(r"\d{1,6}\.0", whole) else whole


def _plain(text: str) -> str:
    return " ".join(html.unescape(TAGS.sub(" ", text)).split())


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
