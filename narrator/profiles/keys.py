"""The secrets behind the user's voices: the signing key, a key for each voice, the log's anchor.

They are files that their owner alone may read (mode 0600), as is the key of the watermark. The
operating system's key store is left out on purpose: it would keep programs of the same user out no
better, and it may ask for a password, or be missing, in the middle of a book or without a screen.
Files can also be overwritten, and a voice whose key is erased is unreadable in every copy.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from narrator.audio.watermark.payload import LAST_VOICE
from narrator.disk import erase, locked, private_path, refusals_by_name

KEY_BYTES = 32


class Anchor(NamedTuple):
    """What the log must hold at least: its first `length` entries, of which the last has the hash
    `last`. number: the highest that a record was given, also in a log that was set aside.
    """

    length: int
    last: str
    number: int


NO_ANCHOR = Anchor(-1, "", 0)  # no log with an entry fits it


class Keys:
    """The keys in `folder`, read at each use; none is made before it is needed.

    What cannot be read raises FolderNotWritable.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other processes and threads from changing keys and log. Raises as `locked`."""
        with locked(self._folder / "lock"):
            yield

    def public(self) -> Ed25519PublicKey | None:
        """Give the key that proves what was signed here, None while nothing was."""
        seed = self._read("signing.key")
        return _public(seed) if seed else None

    def signing(self) -> Ed25519PrivateKey:
        """Give the signing key of this installation, made at its first use (RFC 8032).

        One of another length is replaced: what it signed is refused from then on. Raises
        FolderNotWritable or DiskFull.
        """
        seed = self._read("signing.key") or self._make("signing.key")
        return Ed25519PrivateKey.from_private_bytes(seed)

    def installation(self) -> str:
        """Give the name of this installation in records, 16 hex digits; "" while it has none."""
        key = self.public()
        return sha256(key.public_bytes_raw()).hexdigest()[:16] if key else ""

    def of_voice(self, number: int) -> bytes | None:
        """Give the key of the voice with that record number, None when there is none any more."""
        return self._read(_name(number))

    def make_for_voice(self) -> int:
        """Make a key for a new voice, and give the record number that it is to get.

        The first voice brings the signing key with it. Raises FolderNotWritable, DiskFull;
        ValueError when all numbers have been given.
        """
        with self.held():
            self.signing()
            found = (path.stem.rpartition("-")[2] for path in self._folder.glob(_name("*")))
            used = (int(number) for number in found if number.isdecimal())
            number = 1 + max([self.anchor().number, *used])
            if number > LAST_VOICE:
                raise ValueError(f"more than {LAST_VOICE} voices have been made here")
            self._make(_name(number))
        return number

    def destroy(self, number: int) -> None:
        """Erase the key of a voice: no copy of it can be read again. Raises as `erase`."""
        erase(self._folder / _name(number))

    def anchor(self) -> Anchor:
        """Give the anchor of the log, NO_ANCHOR when it is missing or damaged."""
        path = self._folder / "anchor.json"
        with refusals_by_name(path):
            content = path.read_bytes() if path.is_file() else b""
        try:
            length, last, number = json.loads(content)
            return Anchor(int(length), str(last), int(number))
        except (ValueError, TypeError):
            return NO_ANCHOR

    def keep(self, anchor: Anchor) -> None:
        """Replace the anchor of the log. Raises FolderNotWritable or DiskFull."""
        with private_path(self._folder / "anchor.json") as temporary:
            temporary.write_text(json.dumps(anchor), "ascii")

    def _read(self, name: str) -> bytes | None:
        path = self._folder / name
        with refusals_by_name(path):
            content = path.read_bytes() if path.is_file() else b""
        return content if len(content) == KEY_BYTES else None

    def _make(self, name: str) -> bytes:
        with private_path(self._folder / name) as temporary:
            key = secrets.token_bytes(KEY_BYTES)
            temporary.write_bytes(key)
        return key


@lru_cache(maxsize=1)
def _public(seed: bytes) -> Ed25519PublicKey:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key()


def _name(number: int | str) -> str:
    return f"voice-{number}.key"
