"""An exported voice: its sealed files in one, which only the installation that made it can read.

Layout: 8 bytes of magic, then each part after its length in 4 bytes, the voice first and its
recordings after it, then the SHA-256 of all that.
"""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from narrator.profiles.sealing import Content, KeptTake, KeptVoice, label_of, unpack_take
from narrator.profiles.vault import Vault

MAGIC = b"NARRPRF1"
DIGEST_BYTES = 32
LENGTH_BYTES = 4
LARGEST = 1 << 28  # bytes; a minute of recordings has 2 MB


class Bundled(NamedTuple):
    """What an exported file holds. number: of the consent record."""

    number: int
    voice: KeptVoice
    takes: tuple[KeptTake, ...]


def bundle(parts: Sequence[bytes]) -> bytes:
    """Join the sealed files of a voice, the voice first."""
    body = MAGIC + b"".join(len(part).to_bytes(LENGTH_BYTES) + part for part in parts)
    return body + sha256(body).digest()


def read_bundle(path: Path, vault: Vault) -> Bundled:
    """Read an exported voice, each part checked and deciphered.

    Raises OSError when it cannot be read; ValueError, KeyError or TypeError when anything in it is
    not as it was written, it comes from another installation, or its key was erased.
    """
    if path.stat().st_size > LARGEST:
        raise ValueError("it is too large for a voice profile")
    first, *others = _parts(path.read_bytes())
    label = label_of(first)
    if label is None:
        raise ValueError("it holds no voice")
    if not vault.is_from_here(label):
        raise ValueError("it was made on another installation of narrator")
    voice = vault.opened(first, label)
    takes = tuple(unpack_take(vault.unsealed(part, Content.TAKE, label)) for part in others)
    return Bundled(label.number, voice, takes)


def _parts(content: bytes) -> list[bytes]:
    body, digest = content[:-DIGEST_BYTES], content[-DIGEST_BYTES:]
    if not body.startswith(MAGIC):
        raise ValueError("it is no voice profile")
    if sha256(body).digest() != digest:
        raise ValueError("it was altered or damaged")
    parts = []
    place = len(MAGIC)
    while place < len(body):
        start = place + LENGTH_BYTES
        place = start + int.from_bytes(body[place:start])
        parts.append(body[start:place])
    return parts or [b""]
