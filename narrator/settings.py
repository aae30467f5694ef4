"""Where narrator keeps its things: folders, settings, shipped files, its key, its log."""

import json
import logging
import os
import re
import secrets
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from logging.handlers import RotatingFileHandler
from pathlib import Path
from tomllib import TOMLDecodeError, loads

from narrator.disk import atomic_path, private_path, refusals_by_name

log = logging.getLogger(__name__)

HOME_VARIABLE = "NARRATOR_HOME"
KEY_BYTES = 32
SETTINGS_FILE = "settings.toml"
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
DEVICES = ("auto", "cpu", "cuda")
THEMES = ("system", "light", "dark", "contrast")
FACES = ("serif", "sans", "dyslexic")
COLOURS = ("theme", "paper", "night", "sepia", "yellow", "amber")
TYPE_PERCENT = (100, 200)
READER_SIZE = (14, 96)  # pixels
READER_SPACING = (1.0, 3.0)  # of the height of the type
TEMPO = (0.5, 3.0)
RECENT = 10
LOG_BYTES, LOG_FILES = 1_000_000, 3
LOG_LINE = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
GIGABYTE = 1_000_000_000
LARGEST_CACHE = 1_000_000  # gigabytes: any disk, and no overflow


@dataclass(frozen=True)
class Folders:
    """data: key and the user's voices. cache: spoken segments. config: settings. log: log files."""

    data: Path
    cache: Path
    config: Path
    log: Path


@dataclass(frozen=True)
class Settings:
    """What the user prefers where a command does not say.

    cache_gigabytes: of spoken segments. theme: of THEMES. type_percent: of the system's type.
    language: as in "de", "" for the system's. reading_face, reader_face: of FACES, the type of the
    text in the window and in reader's mode. folder: for audiobooks, "" for the usual one. recent:
    the files opened last, the latest first. reader_size: pixels. reader_spacing: lines, of the
    type's height. reader_colours: of COLOURS. tempo: how fast is played, within TEMPO. volume: how
    loud, from 0 to 1. export_formats and the like: of the last export, to be offered again; its
    name "" for the usual one, its folder, which holds those of the books, "" for `folder`.
    """

    device: str = "auto"
    voice: str = "kathleen"
    cache_gigabytes: float = 10.0
    theme: str = "system"
    type_percent: int = 100
    language: str = ""
    reading_face: str = "serif"
    folder: str = ""
    recent: tuple[Path, ...] = ()
    reader_face: str = "serif"
    reader_size: int = 30
    reader_spacing: float = 1.6
    reader_colours: str = "theme"
    tempo: float = 1.0
    volume: float = 1.0
    export_formats: tuple[str, ...] = ("mp3",)
    export_loudness: str = "acx"
    export_words: bool = False
    export_credits: bool = False
    export_name: str = ""
    export_folder: str = ""

    @property
    def cache_bytes(self) -> int:
        return int(self.cache_gigabytes * GIGABYTE)

    def opened(self, path: Path) -> "Settings":
        """Give the settings with `path` as the file opened last."""
        others = (other for other in self.recent if other != path)
        return replace(self, recent=(path, *others)[:RECENT])


def folders(environment: Mapping[str, str] = os.environ) -> Folders:
    """Give the folders of this user; NARRATOR_HOME puts all of them below one folder."""
    if home := environment.get(HOME_VARIABLE):
        base = Path(home).expanduser().absolute()
        return Folders(base / "data", base / "cache", base / "config", base / "log")
    import appdirs

    app = appdirs.AppDirs("narrator", appauthor=False)
    return Folders(
        Path(app.user_data_dir),
        Path(app.user_cache_dir),
        Path(app.user_config_dir),
        Path(app.user_log_dir),
    )


def resource(name: str) -> Path:
    """Give the path of a shipped file, such as "resources/model" or "voices".

    In an installed wheel they lie inside the package, in a checkout beside it.
    """
    package = Path(__file__).parent
    base = package if (package / "resources").is_dir() else package.parent
    return base / name


def load_settings(folder: Path) -> Settings:
    """Read settings.toml in `folder`; what is unusable there keeps its default, with a warning."""
    path = folder / SETTINGS_FILE
    if not path.is_file():
        return Settings()
    table = _table(path)
    if table is None:
        return Settings()
    good: dict[str, object] = {}
    for field in fields(Settings):
        value = table.get(field.name)
        if value is None:
            continue
        if _usable(field.name, value, field.default):
            good[field.name] = value
        else:
            log.warning("setting %s is not usable, its default is used", field.name)
    if isinstance(names := good.get("recent"), list):
        good["recent"] = tuple(Path(name) for name in names[:RECENT])
    if isinstance(names := good.get("export_formats"), list):
        good["export_formats"] = tuple(names)
    return Settings(**good)  # type: ignore[arg-type]  # each value has been compared with its default


def save_settings(folder: Path, settings: Settings) -> None:
    """Write settings.toml in `folder`, whole or not at all.

    What stands there under other names stays; comments go. A file that cannot be read is kept
    beside the new one, as settings.toml.damaged. Raises DiskFull or FolderNotWritable.
    """
    path = folder / SETTINGS_FILE
    table = _table(path) if path.is_file() else {}
    if table is None:
        with refusals_by_name(path):
            os.replace(path, folder / f"{SETTINGS_FILE}.damaged")
    own = {field.name: getattr(settings, field.name) for field in fields(Settings)}
    with atomic_path(path) as temporary:
        temporary.write_text("\n".join(_pairs((table or {}) | own)) + "\n", "utf-8")


def _table(path: Path) -> dict[str, object] | None:
    try:
        return loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, TOMLDecodeError) as error:
        log.warning("settings cannot be read, defaults are used: %s", type(error).__name__)
        return None


def _pairs(table: Mapping[str, object]) -> Iterator[str]:
    for name, value in table.items():
        yield f"{name if BARE_KEY.fullmatch(name) else _toml(name)} = {_toml(value)}"


def _toml(value: object) -> str:
    """Give a value, or a key in quotes, as TOML writes it."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case str() | Path():
            text = os.fsencode(str(value)).decode("utf-8", "replace")  # TOML has no lone surrogates
            return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list() | tuple():
            return f"[{', '.join(_toml(part) for part in value)}]"
        case dict():
            return f"{{{', '.join(_pairs(value))}}}"
        case _:
            return str(value)  # days and times, which TOML writes as ISO 8601 does


def _usable(name: str, value: object, default: object) -> bool:
    match name:
        case "device":
            return value in DEVICES
        case "theme":
            return value in THEMES
        case "reading_face" | "reader_face":
            return value in FACES
        case "reader_colours":
            return value in COLOURS
        case "type_percent":
            return _whole(value) and _within(value, TYPE_PERCENT)
        case "reader_size":
            return _whole(value) and _within(value, READER_SIZE)
        case "reader_spacing":
            return _within(value, READER_SPACING)
        case "tempo":
            return _within(value, TEMPO)
        case "volume":
            return _within(value, (0, 1))
        case "cache_gigabytes":
            return _within(value, (0, LARGEST_CACHE))
        case "voice":
            return isinstance(value, str) and value != ""
        case "recent" | "export_formats":
            return isinstance(value, list) and all(isinstance(part, str) for part in value)
    return isinstance(value, type(default))


def _whole(value: object) -> bool:
    return isinstance(value, int)


def _within(value: object, limits: tuple[float, float]) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and limits[0] <= value <= limits[1]  # type: ignore[operator]  # a number by then


def installation_key(folder: Path) -> bytes:
    """Give the secret of this installation, 32 bytes; it is made at the first start.

    It proves that a watermark and a cached segment were made here. A key file of another length is
    replaced: what was cached under it is then spoken again. Raises FolderNotWritable or DiskFull.
    """
    path = folder / "installation.key"
    if not path.is_file() or path.stat().st_size != KEY_BYTES:
        with private_path(path) as temporary:
            temporary.write_bytes(secrets.token_bytes(KEY_BYTES))
    with refusals_by_name(path):
        return path.read_bytes()


class _Discreet(logging.Formatter):
    """Writes where an error came from and its name, never its message, which may quote the book."""

    def formatException(self, ei: object) -> str:
        lines: list[str] = []
        error = ei[1] if isinstance(ei, tuple) else None
        while error is not None:
            lines += traceback.format_tb(error.__traceback__)
            reason = f": {error.strerror}" if isinstance(error, OSError) else ""
            lines.append(f"{type(error).__name__}{reason}\n")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip()


@contextmanager
def logging_to(folder: Path) -> Iterator[Path]:
    """Log into a rotating file in `folder` while the block runs; gives the file's path.

    Raises DiskFull or FolderNotWritable.
    """
    path = folder / "narrator.log"
    with refusals_by_name(path):
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
        )
    handler.setFormatter(_Discreet(LOG_LINE))
    root = logging.getLogger("narrator")
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield path
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()
