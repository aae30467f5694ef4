"""The user's own voices on the disk: a folder each, of files sealed with the key of the voice.

profile.sealed is the voice; without it the folder is none. Each recording that the consent rests on
lies beside it, named by its digest.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from narrator.disk import erase, private_path, refusals_by_name, sweep_temporaries
from narrator.profiles.keys import Keys
from narrator.profiles.sealing import (
    LABEL_BYTES,
    Content,
    KeptTake,
    KeptVoice,
    Label,
    label_of,
    pack_voice,
    seal,
    unpack_voice,
    unseal,
)

SUFFIX = ".sealed"
PROFILE = f"profile{SUFFIX}"


class Vault:
    """The voices below `folder`; what allows their use is not its concern."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder = folder
        self._keys = keys

    def names(self) -> tuple[str, ...]:
        """List the voices in alphabetical order."""
        return tuple(sorted(path.parent.name for path in self._folder.glob(f"*/{PROFILE}")))

    def label(self, name: str) -> Label | None:
        """Give what stands on the seals of a voice, its profile's first; None without a good one.

        Raises FolderNotWritable when they cannot be read.
        """
        for path in (self._path(name), *self._files(name)):
            with refusals_by_name(path), path.open("rb") as file:
                if label := label_of(file.read(LABEL_BYTES)):
                    return label
        return None

    def name_of(self, number: int) -> str | None:
        """Give the name under which the voice of that record is here, None without one.

        Raises as `label`.
        """
        labels = ((name, self.label(name)) for name in self.names())
        return next((name for name, label in labels if label and label.number == number), None)

    def is_from_here(self, label: Label) -> bool:
        """Say whether a seal is of this installation, as far as it claims so."""
        return label.installation == self._keys.installation()

    def read(self, name: str, label: Label) -> KeptVoice:
        """Give a voice. Raises OSError, ValueError, KeyError or TypeError."""
        return self.opened(self._path(name).read_bytes(), label)

    def opened(self, sealed: bytes, label: Label) -> KeptVoice:
        """Give the voice in a sealed profile. Raises ValueError, KeyError or TypeError."""
        return unpack_voice(self.unsealed(sealed, Content.PROFILE, label))

    def unsealed(self, sealed: bytes, what: Content, label: Label) -> bytes:
        """Give what was sealed under `label`. Raises ValueError, also when the key was erased."""
        if label_of(sealed) != label:
            raise ValueError("its parts do not belong together")
        return unseal(sealed, what, self._key(label.number))

    def new_number(self) -> int:
        """Make the key of a new voice, and give its number. Raises as `Keys.make_for_voice`."""
        return self._keys.make_for_voice()

    def destroy_key(self, number: int) -> None:
        """Make a voice unreadable in every copy. Raises FolderNotWritable or DiskFull."""
        self._keys.destroy(number)

    @contextmanager
    def writing(self, name: str, number: int, voice: KeptVoice) -> Iterator[None]:
        """Write a voice, which is there once the block has ended well and not before.

        An older one of this name stays until then. Raises FolderNotWritable, DiskFull; ValueError
        when the voice's key is gone.
        """
        sealed = self._sealed(pack_voice(voice), Content.PROFILE, number)
        with private_path(self._path(name)) as temporary:
            temporary.write_bytes(sealed)
            yield

    def write(self, name: str, number: int, voice: KeptVoice) -> None:
        """Write a voice at once. Raises as `writing`."""
        with self.writing(name, number, voice):
            return

    def add_takes(self, name: str, number: int, takes: Iterable[KeptTake]) -> None:
        """Keep recordings beside a voice. Raises as `writing`."""
        for take in takes:
            sealed = self._sealed(take.packed, Content.TAKE, number)
            with private_path(self._folder / name / f"{take.digest}{SUFFIX}") as temporary:
                temporary.write_bytes(sealed)

    def keep_takes(self, name: str, digests: Collection[str]) -> None:
        """Erase all recordings of a voice but these. Raises as `erase`."""
        for path in self._files(name):
            if path.name != PROFILE and path.stem not in digests:
                erase(path)

    def sealed_parts(self, name: str) -> list[bytes]:
        """Give the sealed files of a voice, its profile first. Raises OSError."""
        takes = [path for path in self._files(name) if path.name != PROFILE]
        return [path.read_bytes() for path in (self._path(name), *takes)]

    def rename(self, name: str, other: str) -> None:
        """Give a voice another name, which must be free. Raises FolderNotWritable or DiskFull."""
        self.erase(other)  # what a killed run has left there
        with refusals_by_name(self._folder / other):
            os.replace(self._folder / name, self._folder / other)

    def erase(self, name: str) -> None:
        """Overwrite and delete all that is kept of a voice but its key; files of others stay.

        The profile goes last, so that an interrupted work can be done again. Raises
        FolderNotWritable or DiskFull.
        """
        home = self._folder / name
        sweep_temporaries(home)
        for path in sorted(self._files(name), key=lambda path: path.name == PROFILE):
            erase(path)
        if home.is_dir() and not any(home.iterdir()):
            with refusals_by_name(home):
                home.rmdir()

    def _path(self, name: str) -> Path:
        return self._folder / name / PROFILE

    def _files(self, name: str) -> list[Path]:
        return sorted((self._folder / name).glob(f"*{SUFFIX}"))

    def _sealed(self, content: bytes, what: Content, number: int) -> bytes:
        label = Label(self._keys.installation(), number)
        return seal(content, what, label, self._key(number))

    def _key(self, number: int) -> bytes:
        key = self._keys.of_voice(number)
        if key is None:
            raise ValueError("its key is gone, as it is after a withdrawal")
        return key
