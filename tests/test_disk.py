import errno
import os
import stat
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from narrator.disk import (
    atomic_path,
    erase,
    free_bytes,
    locked,
    private_path,
    refusals_by_name,
    sweep_temporaries,
)
from narrator.errors import DiskFull, FolderNotWritable


def write_half(path: Path, error: BaseException) -> None:
    with atomic_path(path) as temporary:
        temporary.write_bytes(b"ne")
        raise error


def test_a_file_appears_whole_under_its_name_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "chapter – 1.mp3"
    with atomic_path(path) as temporary:
        temporary.write_bytes(b"whole")
        assert not path.exists()
        assert temporary.parent == path.parent
    assert path.read_bytes() == b"whole"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("error", [ValueError("broken"), KeyboardInterrupt()])
def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, error: BaseException
) -> None:
    path = tmp_path / "chapter.mp3"
    path.write_bytes(b"old")
    with pytest.raises(type(error)):
        write_half(path, error)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_told_by_name(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(DiskFull) as caught, atomic_path(tmp_path / "a"), full.open("wb") as file:
        file.write(bytes(100_000))
    assert caught.value.path == tmp_path / "a"
    assert not list(tmp_path.iterdir())


def test_a_file_over_the_quota_is_told_as_a_full_disk(tmp_path: Path) -> None:
    script = """
        import resource, sys
        from pathlib import Path
        from narrator.disk import atomic_path
        from narrator.errors import DiskFull
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        try:
            with atomic_path(Path(sys.argv[1]) / "a") as temporary:
                temporary.write_bytes(bytes(20_000))
        except DiskFull:
            sys.exit(7)
    """
    if sys.platform == "win32":
        pytest.skip("no resource limits on Windows")
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)]
    assert subprocess.run(command, check=False).returncode == 7
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_a_file_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(b"")
    for folder in (file, file / "below"):
        with pytest.raises(FolderNotWritable) as caught, atomic_path(folder / "a.mp3"):
            pytest.fail("there is no place to write")
        assert caught.value.path == folder
        assert caught.value.reason


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the administrator may write")
def test_a_read_only_folder_is_refused_by_name(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FolderNotWritable), atomic_path(tmp_path / "a.mp3") as temporary:
        temporary.write_bytes(b"a")
    tmp_path.chmod(0o700)


def test_a_name_that_is_taken_by_a_folder_or_too_long_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    for name in ("taken", "x" * 300, "ß" * 200):
        with pytest.raises(FolderNotWritable), atomic_path(tmp_path / name):
            pytest.fail("nothing can get this name")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_what_cannot_be_read_elsewhere_is_not_told_as_a_refusal_to_write(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_path(tmp_path / "out" / "a"):
        (tmp_path / "in" / "cover.jpg").read_bytes()


def test_a_private_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    with private_path(tmp_path / "key") as temporary:
        temporary.write_bytes(b"secret")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_an_erased_file_is_overwritten_and_gone(tmp_path: Path) -> None:
    path, other_name = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"secret")
    other_name.hardlink_to(path)
    erase(path)
    assert not path.exists()
    assert other_name.read_bytes() == bytes(6)
    erase(path)


def test_a_file_that_cannot_be_overwritten_is_deleted_at_least(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "a").write_bytes(b"secret")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        erase(tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_who_locks_a_file_keeps_others_waiting(tmp_path: Path) -> None:
    seen: list[str] = []

    def wait() -> None:
        with locked(tmp_path / "new" / "lock"):
            seen.append("second")

    with locked(tmp_path / "new" / "lock"):
        thread = threading.Thread(target=wait)
        thread.start()
        thread.join(0.1)
        seen.append("first")
    thread.join()
    assert seen == ["first", "second"]


def test_refusals_keep_their_facts(tmp_path: Path) -> None:
    with pytest.raises(FolderNotWritable) as caught, refusals_by_name(tmp_path / "a"):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))
    assert caught.value == FolderNotWritable(tmp_path, os.strerror(errno.EROFS))


def test_leftovers_of_a_killed_run_are_swept_and_nothing_else(tmp_path: Path) -> None:
    script = """
        import os, sys
        from pathlib import Path
        from narrator.disk import atomic_path
        with atomic_path(Path(sys.argv[1]) / "a") as temporary:
            temporary.write_bytes(b"half")
            os._exit(9)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)]
    assert subprocess.run(command, check=False).returncode == 9
    leftover = list(tmp_path.iterdir())
    assert len(leftover) == 1
    others = [".narrator-1-zz.part", "a.part", ".hidden", f"{leftover[0].name}.txt"]
    for name in others:
        (tmp_path / name).touch()
    with atomic_path(tmp_path / "b") as temporary:
        temporary.write_bytes(b"in work")
        assert sweep_temporaries(tmp_path) == 1
    assert {path.name for path in tmp_path.iterdir()} == {*others, "b"}
    assert sweep_temporaries(tmp_path / "missing") == 0


def test_free_room_is_known_for_a_folder_that_is_yet_to_be_made(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "not" / "yet") == pytest.approx(free_bytes(tmp_path), rel=0.1)
    assert free_bytes(tmp_path) > 0
