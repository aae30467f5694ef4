"""Folders, settings, the installation's key and the log."""

import logging
import stat
from pathlib import Path

import pytest

from narrator.errors import FolderNotWritable, NothingToSay
from narrator.settings import (
    Settings,
    folders,
    installation_key,
    load_settings,
    logging_to,
    resource,
)


def write_settings(folder: Path, text: str) -> Path:
    (folder / "settings.toml").write_text(text, "utf-8")
    return folder


def test_one_variable_puts_every_folder_below_one_place(tmp_path: Path) -> None:
    found = folders({"NARRATOR_HOME": str(tmp_path)})
    for folder in (found.data, found.cache, found.config, found.log):
        assert folder.parent == tmp_path


def test_without_the_variable_the_folders_are_the_users_own() -> None:
    assert "narrator" in str(folders({}).data)


def test_settings_that_are_not_there_have_their_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_settings_are_read_from_toml(tmp_path: Path) -> None:
    text = 'device = "cpu"\nvoice = "walter"\ncache_gigabytes = 2\n'
    settings = load_settings(write_settings(tmp_path, text))
    assert settings == Settings("cpu", "walter", 2)
    assert settings.cache_bytes == 2_000_000_000


@pytest.mark.parametrize(
    "text",
    [
        "device = 3",
        'device = ""',
        'device = "gpu"',
        "device = ['cpu']",
        "cache_gigabytes = -1",
        "cache_gigabytes = inf",
        "cache_gigabytes = nan",
        "cache_gigabytes = true",
        "voice = [",
        "later_setting = 1",
    ],
)
def test_a_bad_or_unknown_setting_keeps_the_default(tmp_path: Path, text: str) -> None:
    assert load_settings(write_settings(tmp_path, text)) == Settings()


def test_settings_that_are_no_text_keep_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe\x00")
    assert load_settings(tmp_path) == Settings()


def test_the_key_is_made_once_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    key = installation_key(tmp_path / "data")
    assert len(key) == 32
    assert installation_key(tmp_path / "data") == key
    mode = (tmp_path / "data" / "installation.key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    assert installation_key(tmp_path / "a") != installation_key(tmp_path / "b")


def test_a_truncated_key_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "installation.key").write_bytes(b"short")
    assert len(installation_key(tmp_path)) == 32


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderNotWritable):
        installation_key(tmp_path / "file" / "data")
    with pytest.raises(FolderNotWritable), logging_to(tmp_path / "file" / "log"):
        pass


def test_the_log_names_the_error_and_its_place_but_never_its_words(tmp_path: Path) -> None:
    secret = " ".join(["a", "secret", "sentence"])
    with logging_to(tmp_path) as path:
        try:
            raise NothingToSay(secret)
        except NothingToSay:
            logging.getLogger("narrator.test").exception("it happened")
    written = path.read_text("utf-8")
    assert "NothingToSay" in written
    assert "test_settings.py" in written
    assert "it happened" in written
    assert secret not in written


def test_the_log_is_closed_when_the_work_is_done(tmp_path: Path) -> None:
    before = logging.getLogger("narrator").handlers[:]
    with logging_to(tmp_path):
        pass
    assert logging.getLogger("narrator").handlers == before


def test_shipped_files_are_found_in_the_checkout() -> None:
    assert resource("resources").is_dir()
