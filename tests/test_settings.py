"""Folders, settings, the installation's key and the log."""

import logging
import stat
from pathlib import Path
from tomllib import loads

import pytest

from narrator.errors import FolderNotWritable, NothingToSay
from narrator.settings import (
    RECENT,
    Settings,
    folders,
    installation_key,
    load_settings,
    logging_to,
    resource,
    save_settings,
)

CHANGED = Settings(
    device="cpu",
    voice='Anna "the \\ voice"\x7f\n',
    cache_gigabytes=2.5,
    theme="contrast",
    type_percent=150,
    language="de",
    reading_face="sans",
    folder="/home/anna/Hörbücher",
    recent=(Path("/books/Käpt’n.narrator"), Path("b.narrator")),
    reader_face="dyslexic",
    reader_size=48,
    reader_spacing=2.0,
    reader_colours="sepia",
    tempo=1.7,
    volume=0.35,
    export_formats=("m4b", "srt"),
    export_loudness="podcast",
    export_words=True,
    export_credits=True,
    export_name="{title}",
    export_folder="/media/Hörbücher",
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
        "cache_gigabytes = 1e300",
        "voice = [",
        "later_setting = 1",
        'theme = "pink"',
        "theme = ['dark']",
        "type_percent = 99",
        "type_percent = 201",
        "type_percent = 150.5",
        "type_percent = true",
        "language = 1",
        'reading_face = "comic"',
        "folder = []",
        'recent = "book"',
        "recent = [1]",
        "reader_size = 1000",
        "reader_spacing = nan",
        'reader_colours = "plaid"',
        "tempo = 3.1",
        "volume = -0.1",
        'export_formats = "mp3"',
        "export_words = 1",
    ],
)
def test_a_bad_or_unknown_setting_keeps_the_default(tmp_path: Path, text: str) -> None:
    assert load_settings(write_settings(tmp_path, text)) == Settings()


def test_settings_that_are_no_text_keep_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe\x00")
    assert load_settings(tmp_path) == Settings()


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    save_settings(tmp_path / "new" / "folder", CHANGED)
    assert load_settings(tmp_path / "new" / "folder") == CHANGED
    assert all(value != getattr(Settings(), name) for name, value in vars(CHANGED).items())


def test_settings_of_a_later_narrator_are_kept(tmp_path: Path) -> None:
    later = """colour = "red"
"two words" = [1, 2.5, true]
day = 2027-11-03
[table]
inner = {deep = "yes"}
"""
    save_settings(write_settings(tmp_path, later), CHANGED)
    written = loads((tmp_path / "settings.toml").read_text("utf-8"))
    assert {name: written[name] for name in loads(later)} == loads(later)
    assert load_settings(tmp_path) == CHANGED


def test_a_file_that_cannot_be_read_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    save_settings(write_settings(tmp_path, "voice = [a typing error"), CHANGED)
    assert load_settings(tmp_path) == CHANGED
    assert "typing" in (tmp_path / "settings.toml.damaged").read_text()


def test_settings_that_cannot_be_written_are_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderNotWritable):
        save_settings(tmp_path / "file" / "config", CHANGED)


def test_a_file_name_that_is_no_text_does_not_spoil_the_settings(tmp_path: Path) -> None:
    save_settings(tmp_path, Settings().opened(Path("broken\udcff.narrator")))
    assert load_settings(tmp_path).recent[0].suffix == ".narrator"


def test_the_file_opened_last_stands_first_and_ten_are_remembered() -> None:
    settings = Settings()
    for number in range(12):
        settings = settings.opened(Path(f"{number}.narrator"))
    settings = settings.opened(Path("5.narrator"))
    assert [path.stem for path in settings.recent[:3]] == ["5", "11", "10"]
    assert len(settings.recent) == len(set(settings.recent)) == RECENT


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
