"""Files that appear whole or not at all, and the disk's refusals by name.

Scheme: a temporary name in the same folder, fsync, rename, fsync of the folder. A killed run leaves
at most a temporary file, which `sweep_temporaries` knows by its name.
"""

import errno
import os
import re
import secrets
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from narrator.errors import DiskFull, FolderNotWritable

# EFBIG: the limit of a quota by file size or of a FAT disk; all three mean that this file has no
# room.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
NAME_BYTES = 255  # longest file name of the usual file systems
TEMPORARY = re.compile(r"\.narrator-(?P<process>\d+)-[0-9a-f]{8}\.part")


@contextmanager
def atomic_path(
    path: Path, *, synced: bool = True, renamed: Callable[[], Path] | None = None
) -> Iterator[Path]:
    """Give a temporary name beside `path`; when the block ends well, what is there becomes `path`.

    The folder is made if it is missing. When the block fails, nothing is left and an older `path`
    stays as it was. The content is on the disk before the new name is. synced: without it that
    holds for a killed program and not for a power cut, after which `path` may be damaged; only for
    what is checked when it is read and can be made again. renamed: asked when the block has ended
    well, gives what `path` becomes instead, in the same folder. Raises DiskFull or
    FolderNotWritable, also for what the block itself meets when writing.
    """
    folder = path.parent
    temporary = folder / f".narrator-{os.getpid()}-{secrets.token_hex(4)}.part"
    with refusals_by_name(path):
        folder.mkdir(parents=True, exist_ok=True)
        if len(os.fsencode(path.name)) > NAME_BYTES or path.is_dir():
            reason = "a folder has this name" if path.is_dir() else "the file name is too long"
            raise FolderNotWritable(folder, f"{path.name[:40]}: {reason}")
        try:
            yield temporary
            if synced:
                _sync(temporary)
            os.replace(temporary, renamed() if renamed else path)
            if synced:
                _sync(folder)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def private_path(path: Path) -> Iterator[Path]:
    """As `atomic_path`, for what only its owner may read: keys, consents, voices (mode 0600)."""
    with atomic_path(path) as temporary:
        temporary.touch(mode=0o600)
        yield temporary


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep others who would lock `path` waiting until the block ends; a killed one keeps nobody.

    Holds among processes and among threads; not to be entered twice by one thread. Raises DiskFull
    or FolderNotWritable when the file cannot be made.
    """
    with refusals_by_name(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with refusals_by_name(path):
            _lock(handle)
        yield
    finally:
        os.close(handle)


def erase(path: Path) -> None:
    """Overwrite a file with zeros and delete it; when there is none, there is nothing to do.

    What the disk itself keeps elsewhere (snapshots, worn-out cells) is out of reach: that has to be
    encrypted, and its key erased. Raises DiskFull or FolderNotWritable.
    """
    with refusals_by_name(path):
        try:
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
        except FileNotFoundError:
            return
        finally:
            path.unlink(missing_ok=True)


@contextmanager
def refusals_by_name(path: Path) -> Iterator[None]:
    """Turn the disk's refusals to write `path` into DiskFull or FolderNotWritable.

    An error about another folder (a source that cannot be read) passes unchanged.
    """
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise DiskFull(path) from error
        if error.errno is None or not _concerns(error, path):
            raise
        raise FolderNotWritable(path.parent, error.strerror or type(error).__name__) from error


def free_bytes(folder: Path) -> int:
    """Give the room left on the disk that holds `folder`, which need not exist yet."""
    existing = folder.absolute()
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    with refusals_by_name(existing / "file"):
        return shutil.disk_usage(existing).free


def sweep_temporaries(folder: Path) -> int:
    """Remove what killed runs left in `folder`, and give how many files that were.

    Files of a process that still runs stay, as does everything that is not named by `atomic_path`.
    """
    if not folder.is_dir():
        return 0
    left = [entry for entry in folder.iterdir() if _is_left_over(entry)]
    with refusals_by_name(folder / "file"):
        for entry in left:
            entry.unlink(missing_ok=True)
    return len(left)


def _is_left_over(entry: Path) -> bool:
    name = TEMPORARY.fullmatch(entry.name)
    return name is not None and entry.is_file() and not _runs(int(name["process"]))


def _runs(process: int) -> bool:
    if process == os.getpid():
        return True
    if sys.platform == "win32":  # signal 0 would end the process there
        import ctypes

        synchronize = 0x00100000
        handle = ctypes.windll.kernel32.OpenProcess(synchronize, False, process)
        return bool(handle and ctypes.windll.kernel32.CloseHandle(handle))
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it runs, under another user
        return True
    return True


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


def _concerns(error: OSError, path: Path) -> bool:
    named = [Path(os.fsdecode(name)) for name in (error.filename, error.filename2) if name]
    folder = path.parent
    return not named or any(
        name in (path, folder, *folder.parents) or name.parent == folder for name in named
    )


def _sync(path: Path) -> None:
    if sys.platform == "win32" and path.is_dir():  # folders cannot be opened there
        return
    handle = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
