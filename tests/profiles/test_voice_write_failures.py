"""Each write of a voice may fail: a named error, nothing lost, and it can be done again."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from own_voice import Home, facts, take

from narrator.errors import DiskFull, FolderNotWritable, UnknownVoice
from narrator.profiles.profile import VoiceProfile

FULL, READ_ONLY, BROKEN = errno.ENOSPC, errno.EROFS, errno.EIO
FAILURES = {FULL: DiskFull, READ_ONLY: FolderNotWritable, BROKEN: FolderNotWritable}
MOST_WRITES = 100


class Faults:
    """Lets `left` calls of fsync and replace pass, then one fails with `number`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left: int | None = None
        self.number = 0
        monkeypatch.setattr(os, "replace", self._failing(os.replace))
        monkeypatch.setattr(os, "fsync", self._failing(lambda _: None))

    def _failing(self, real: Callable[..., None]) -> Callable[..., None]:
        def act(*arguments: object) -> None:
            if self.left is not None:
                self.left -= 1
                if self.left < 0:
                    self.left = None
                    raise OSError(self.number, os.strerror(self.number))
            real(*arguments)

        return act


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with two voices and an exported one."""
    home = Home(tmp_path_factory.mktemp("template") / "home")
    home.create("Anna", 1)
    home.create("Bo", 2)
    home.shelf().export_profile("anna", home.folder / "anna.voice")
    return home.folder


def create(home: Home) -> None:
    home.create("Cy", 3)


def renew(home: Home) -> None:
    home.shelf().renew("anna", takes=[take(9)], facts=facts())


def rename(home: Home) -> None:
    if "anna" in home.shelf().names():
        home.shelf().rename("anna", "Di")


def revoke(home: Home) -> None:
    home.shelf().revoke("anna", purge=lambda _: None)


def export(home: Home) -> None:
    home.shelf().export_profile("anna", home.folder / "again.voice")


def import_back(home: Home) -> None:
    home.shelf().import_profile(home.folder / "anna.voice")


def speaking(home: Home) -> dict[int, VoiceProfile]:
    shelf = home.shelf()
    profiles = [shelf.get(name) for name in shelf.names()]
    assert all(shelf.embedding(profile.ref).rate == 12.0 for profile in profiles)
    return {profile.number: profile for profile in profiles}


@pytest.mark.parametrize(
    ("act", "number"),
    [
        (create, FULL),
        (create, READ_ONLY),
        (renew, FULL),
        (rename, READ_ONLY),
        (export, BROKEN),
        (import_back, FULL),
    ],
)
def test_whatever_write_fails_the_voices_are_as_before_or_as_after(
    act: Callable[[Home], None],
    number: int,
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    faults = Faults(monkeypatch)
    faults.number = number
    for passed in range(MOST_WRITES):
        home = Home(tmp_path / f"{passed}")
        shutil.copytree(template, home.folder)
        faults.left = passed
        try:
            act(home)
        except FAILURES[number]:
            assert set(speaking(home)) == {1, 2}
            act(home)
        else:
            faults.left = None
            break
        finally:
            faults.left = None
        assert set(speaking(home)) >= {1, 2}
    assert 2 < passed < MOST_WRITES - 1


@pytest.mark.parametrize("number", [FULL, READ_ONLY])
def test_whatever_write_fails_a_withdrawal_can_be_done_again(
    number: int, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = Faults(monkeypatch)
    faults.number = number
    for passed in range(MOST_WRITES):
        home = Home(tmp_path / f"{passed}")
        shutil.copytree(template, home.folder)
        faults.left = passed
        try:
            revoke(home)
        except FAILURES[number]:
            faults.left = None
            try:
                revoke(home)
            except UnknownVoice:  # its last file was deleted before it failed
                assert not (home.data / "voices" / "anna" / "profile.sealed").exists()
        else:
            faults.left = None
            break
        assert set(speaking(home)) == {2}
        assert home.log.read_bytes().count(b"revoked") == 1
        assert not (home.keys / "voice-1.key").exists()
    assert 5 < passed < MOST_WRITES - 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the administrator may write")
def test_a_read_only_folder_is_refused_by_name(template: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(template, home.folder)
    folders = [path for path in home.data.rglob("*") if path.is_dir()]
    for folder in folders:
        folder.chmod(0o500)
    with pytest.raises(FolderNotWritable):
        create(home)
    assert set(speaking(home)) == {1, 2}
    for folder in folders:
        folder.chmod(0o700)
