"""All that an EPUB holds, to be put into another: its files, reading order and metadata."""

from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from narrator.book.archive import Archive
from narrator.book.epub_tolerant import Tolerant, package_file

DC = "http://purl.org/dc/elements/1.1/"
_OWN = ("dcterms:modified", "media:")  # written anew for what is made of the book
_REPLACED = ("application/x-dtbncx+xml", "application/smil+xml")


@dataclass(frozen=True)
class Item:
    """A file of the book. name: in the archive."""

    id: str
    name: str
    media_type: str
    properties: tuple[str, ...]


@dataclass(frozen=True)
class Meta:
    """A line of the metadata. name: "title" of Dublin Core, or "meta" with its property."""

    name: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Source:
    """items: all that the manifest names and the archive has, but the NCX
    and overlays. spine: ids, and whether
    each is read in turn. identifier: of the book. access: its accessibility metadata."""

    items: tuple[Item, ...]
    spine: tuple[tuple[str, bool], ...]
    metadata: tuple[Meta, ...]
    access: tuple[Meta, ...]
    identifier: str
    direction: str
    prefixes: str


def read_source(archive: Archive) -> Source:
    """Read the package of `archive` as it stands; what is missing in it is left out."""
    work = Tolerant(archive)
    opf = package_file(work)
    package = work.xml(opf)
    if package is None:
        package = etree.Element("package")
    items = {item.id: item for item in _items(package, opf, archive)}
    spine_element = package.find("{*}spine")
    refs = [] if spine_element is None else list(spine_element.iter("{*}itemref"))
    spine = {
        ref.get("idref") or "": ref.get("linear") != "no"
        for ref in refs
        if ref.get("idref") in items
    }
    identifiers = (_text(found) for found in package.iter(f"{{{DC}}}identifier"))
    metas = [meta for element in package.findall("{*}metadata//*") if (meta := _meta(element))]
    return Source(
        tuple(items.values()),
        tuple(spine.items()),
        tuple(with_targets([meta for meta in metas if not _is_access(meta)])),
        tuple(meta for meta in metas if _is_access(meta)),
        next((text for text in identifiers if text), ""),
        "" if spine_element is None else spine_element.get("page-progression-direction") or "",
        package.get("prefix") or "",
    )


def _items(package: etree._Element, opf: str, archive: Archive) -> list[Item]:
    found = []
    names = set()
    for number, element in enumerate(package.iter("{*}item")):
        href = element.get("href") or ""
        name = archive.find(normpath(join(dirname(opf), unquote(href.partition("#")[0]))))
        media_type = element.get("media-type") or ""
        if name is None or name in names or media_type in _REPLACED:
            continue
        names.add(name)
        properties = tuple((element.get("properties") or "").split())
        found.append(Item(element.get("id") or f"item-{number}", name, media_type, properties))
    return found


def _meta(element: etree._Element) -> Meta | None:
    """Give a line of metadata as EPUB 3 has it, or None for what only older books say."""
    if not isinstance(element.tag, str):
        return None
    text = _text(element)
    space, name = etree.QName(element).namespace, etree.QName(element).localname
    kept = {
        key: value
        for key in ("id", "property", "refines", "scheme")
        if (value := element.get(key)) is not None
    }
    if space == DC and name != "identifier" and text:
        return Meta(name, text, tuple((key, kept[key]) for key in ("id",) if key in kept))
    if name == "meta" and text and "property" in kept:
        return None if kept["property"].startswith(_OWN) else Meta(name, text, tuple(kept.items()))
    return None


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _is_access(meta: Meta) -> bool:
    return dict(meta.attributes).get("property", "").startswith("schema:access")


def with_targets(metas: list[Meta]) -> list[Meta]:
    """Give the lines without those that refine one that is not there."""
    ids = {dict(meta.attributes).get("id") for meta in metas}
    return [
        meta
        for meta in metas
        if (target := dict(meta.attributes).get("refines", "")) == "" or target[1:] in ids
    ]
