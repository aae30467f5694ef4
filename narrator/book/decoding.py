"""Bytes of unknown encoding -> text: what the file says of itself, then UTF-8, then a guess."""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

_MARKS = (  # the longer first: UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:encoding|charset)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_.:-]{1,40})"""
)
# Whole families by their start: punycode, UTF-7, escapes and compressors have no place in a book.
_TRUSTED = re.compile(
    r"utf-(?:8|16|32)|iso8859|latin|cp\d|koi8|mac-|gb|big5|shift_jis|euc|ascii|hz$|johab|tis-620|ptcp154"
)
_HEAD = 1024  # bytes: where HTML, section 4.2.5.4, wants the declaration
_FOREIGN = 0.3  # of the bytes: an alphabet other than the Latin one
_SAMPLE = 200_000  # bytes are enough to guess by, and bound the time
# What XML 1.0, section 2.2, forbids, and what nobody sees: joiners, soft hyphens, marks of
# direction.
_UNSPEAKABLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]+"
)


def decode_text(content: bytes, *, declares: bool = False) -> str:
    """Decode `content` without ever failing; line ends become newlines, unspeakable characters go.

    declares: whether an XML or HTML declaration in the first bytes may name the encoding.
    """
    text = _decode(content, declares=declares)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", speakable(text))


def speakable(text: str) -> str:
    """Drop the characters that no voice can say and no eye can see."""
    return _UNSPEAKABLE.sub("", text)


def _decode(content: bytes, *, declares: bool) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, errors="replace")
    names = [*(_declared(content[:_HEAD]) if declares else []), "utf-8"]
    for name in names:
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:  # UTF-16 without its mark is valid UTF-8 too, full of NUL
            return text
    return content.decode(_guess(content[:_SAMPLE]), errors="replace")


def _declared(head: bytes) -> list[str]:
    found = _DECLARED.search(head)
    if found is None:
        return []
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return []
    if (
        name == "iso8859-1"
    ):  # the web's own rule: who says Latin-1 means Windows-1252, with its quotes
        return ["cp1252", name]
    return [name] if _TRUSTED.match(name) else []


def _guess(sample: bytes) -> str:
    """Name the encoding of bytes that are not UTF-8.

    A statistical guess needs foreign letters in plenty; over English with a few accents it names
    some neighbour of Windows-1252, so that this is taken, or the Macintosh's own when the quotes
    are its.
    """
    zeros = sample.count(0)
    if zeros > len(sample) // 8:
        return "utf-16-le" if sample[1::2].count(0) > zeros // 2 else "utf-16-be"
    high = sum(sample.count(byte) for byte in range(0x80, 0x100))
    if high > _FOREIGN * len(sample):
        best = from_bytes(sample).best()
        return best.encoding if best else "cp1252"
    curly = sum(sample.count(quote) for quote in b"\x91\x92\x93\x94\x96\x97")
    mac_curly = sum(sample.count(quote) for quote in b"\xd0\xd1\xd2\xd3\xd4\xd5")
    return "mac_roman" if mac_curly > high // 2 and not curly else "cp1252"
