"""The second reader of EPUB files: container, spine and navigation by hand, with a warning for each
fault.

Source: EPUB 3.3, sections 4 (container), 5 (package) and 7 (navigation); OPF 2.0.1 for NCX and
guide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from narrator.book.archive import Archive, MemberDamaged
from narrator.book.cover import read_cover
from narrator.book.page import KIND_OF_PART, Document, Entry, Kind, Package
from narrator.errors import UnreadableBook

_TEXT_TYPES = ("application/xhtml+xml", "text/html", "application/html", "text/x-oeb1-document")
_TEXT_SUFFIXES = (".xhtml", ".html", ".htm")
_NCX_TYPE = "application/x-dtbncx+xml"


class _Item:
    """One line of the manifest. name: of the member in the archive, "" when it is missing."""

    def __init__(self, element: etree._Element, opf: str, archive: Archive) -> None:
        self.id = element.get("id") or ""
        self.href = element.get("href") or ""
        self.media_type = element.get("media-type") or ""
        self.properties = (element.get("properties") or "").split()
        self.name = _find(archive, opf, self.href)


@dataclass
class Tolerant:
    """The state of one reading: what is open, and what had to be forgiven."""

    archive: Archive
    warnings: list[str] = field(default_factory=list)

    def xml(self, name: str) -> etree._Element | None:
        """Parse a member as XML, recovering; None when nothing of it can be read."""
        if not name:
            return None
        try:
            content = self.archive.read(name)
            parser = etree.XMLParser(
                recover=True, resolve_entities=False, no_network=True, load_dtd=False
            )
            return etree.fromstring(content, parser)
        except (MemberDamaged, etree.XMLSyntaxError):
            self.warnings.append(f"{name} is damaged")
            return None


def read_package_tolerantly(archive: Archive) -> Package:
    """Read the package of an EPUB as far as it can be read, with warnings for what cannot.

    Without a package file all text files of the archive are taken in the order of their names.
    Raises UnreadableBook when there are none.
    """
    work = Tolerant(archive)
    opf = package_file(work)
    package = work.xml(opf)
    if package is None:
        work.warnings.append(
            "the list of its files cannot be read; they are taken in the order of their names"
        )
        package = etree.Element("package")
    items = [_Item(element, opf, archive) for element in package.iter("{*}item")]
    documents = list(_documents(work, package, items, opf))
    if not documents:
        documents = list(_all_text(work))
    if not documents:
        raise UnreadableBook(archive.path, "no text of a book is in it")
    cover, cover_warnings = read_cover(archive, list(_cover_names(package, items)))
    titles = _metadata(package, "title")
    return Package(
        titles[0] if titles else "",
        tuple(_metadata(package, "creator")),
        next(iter(_metadata(package, "language")), ""),
        cover,
        tuple(documents),
        tuple(_contents(work, items)),
        (*work.warnings, *cover_warnings),
    )


def package_file(work: Tolerant) -> str:
    """Give the name of the package file: as the container says, else the first that ends so."""
    container = work.xml(work.archive.find("META-INF/container.xml") or "")
    if container is None:
        work.warnings.append("META-INF/container.xml is missing")
    else:
        for rootfile in container.iter("{*}rootfile"):
            name = work.archive.find(normpath(rootfile.get("full-path") or ""))
            if name:
                return name
        work.warnings.append("META-INF/container.xml points at nothing")
    return next((name for name in work.archive.names if name.lower().endswith(".opf")), "")


def _find(archive: Archive, base: str, href: str) -> str:
    """Give the member that `href`, as written in the file `base`, means; "" when there is none."""
    path = href.partition("#")[0]
    for written in (unquote(path), path):
        name = archive.find(normpath(join(dirname(base), written)))
        if name:
            return name
    return ""


def _documents(
    work: Tolerant, package: etree._Element, items: list[_Item], opf: str
) -> Iterator[Document]:
    by_id = {item.id: item for item in items}
    guide = {
        _find(work.archive, opf, reference.get("href") or ""): (reference.get("type") or "").lower()
        for reference in package.iter("{*}reference")
    }
    spine = [element.get("idref") or "" for element in package.iter("{*}itemref")]
    if not spine:
        work.warnings.append("the reading order is missing; the order of the file list is taken")
        spine = [item.id for item in items if item.media_type in _TEXT_TYPES]
    done = set()
    for idref in dict.fromkeys(spine):
        item = by_id.get(idref)
        if item is None:
            work.warnings.append(f"the reading order names “{idref}”, which is not in the book")
        elif not item.name:
            work.warnings.append(f"{item.href} is missing from the file")
        elif item.name not in done:
            done.add(item.name)
            kind = (
                Kind.CONTENTS
                if "nav" in item.properties
                else KIND_OF_PART.get(guide.get(item.name, ""))
            )
            yield from _document(work, item.name, kind)


def _document(work: Tolerant, name: str, kind: Kind | None) -> Iterator[Document]:
    try:
        yield Document(name, work.archive.read(name), kind)
    except MemberDamaged:
        work.warnings.append(f"{name} is damaged and is left out")


def _all_text(work: Tolerant) -> Iterator[Document]:
    for name in sorted(work.archive.names):
        if name.lower().endswith(_TEXT_SUFFIXES):
            yield from _document(work, name, None)


def _metadata(package: etree._Element, name: str) -> list[str]:
    texts = ("".join(map(str, element.itertext())) for element in package.iter(f"{{*}}{name}"))
    return [" ".join(text.split()) for text in texts if text.strip()]


def _cover_names(package: etree._Element, items: list[_Item]) -> Iterator[str]:
    for item in items:
        if "cover-image" in item.properties:
            yield item.name or item.href
    named = {meta.get("content") for meta in package.iter("{*}meta") if meta.get("name") == "cover"}
    for item in items:
        is_image = item.media_type.startswith("image/")
        if item.id in named or (is_image and "cover" in f"{item.id} {item.href}".lower()):
            yield item.name or item.href


def _contents(work: Tolerant, items: list[_Item]) -> list[Entry]:
    """Read the nav document, else the NCX; a book with neither is cut by its headings."""
    nav = next((item for item in items if "nav" in item.properties), None)
    ncx = next((item for item in items if item.media_type == _NCX_TYPE), None)
    for item, reads in ((nav, _nav_entries), (ncx, _ncx_entries)):
        root = work.xml(item.name) if item else None
        entries = list(reads(root, item.name, work.archive)) if item and root is not None else []
        if entries:
            return entries
        if item:
            work.warnings.append(f"the table of contents {item.href} is missing or cannot be read")
    return []


def _nav_entries(root: etree._Element, name: str, archive: Archive) -> Iterator[Entry]:
    navs = list(root.iter("{*}nav"))
    tables = [
        nav for nav in navs if "toc" in " ".join(map(str, nav.attrib.values())).split()
    ] or navs[:1]
    for table in tables[:1]:
        for link in table.iter("{*}a"):
            depth = sum(1 for above in link.iterancestors("{*}ol")) - 1
            yield _entry(
                archive, name, link.get("href") or "", "".join(map(str, link.itertext())), depth
            )


def _ncx_entries(root: etree._Element, name: str, archive: Archive) -> Iterator[Entry]:
    for point in root.iter("{*}navPoint"):
        label, content = point.find("{*}navLabel"), point.find("{*}content")
        depth = sum(1 for above in point.iterancestors("{*}navPoint"))
        if content is not None:
            title = "" if label is None else "".join(map(str, label.itertext()))
            yield _entry(archive, name, content.get("src") or "", title, depth)


def _entry(archive: Archive, base: str, href: str, title: str, depth: int) -> Entry:
    file, _, anchor = href.partition("#")
    name = _find(archive, base, file) if file else base
    return Entry(" ".join(title.split()), name or file, anchor, depth)
