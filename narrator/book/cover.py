"""Choose the cover picture of an EPUB, and know a picture by its first bytes."""

from narrator.book.archive import Archive, MemberDamaged
from narrator.book.model import Cover

LARGEST_COVER = 16_000_000  # bytes: goes into each MP3
_MAGIC = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def read_cover(archive: Archive, names: list[str]) -> tuple[Cover | None, list[str]]:
    """Read the first of `names` that is a JPEG or PNG picture; nothing is decoded.

    Gives None when there is none, with a warning where one was named and cannot be used.
    """
    refused = []
    for name in names:
        found = archive.find(name)
        if found is None:
            refused.append(f"the cover picture {name} is missing")
            continue
        try:
            data = archive.read(found)
        except MemberDamaged:
            refused.append(f"the cover picture {name} is damaged")
            continue
        media_type = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
        if media_type and len(data) <= LARGEST_COVER:
            return Cover(data, media_type), []
        refused.append(f"the cover picture {name} is no JPEG or PNG picture of a fit size")
    return None, refused[:1]
