"""Where narrator keeps its things: folders, settings, shipped files, its key, its log."""

import logging
import os
import secrets
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from logging.handlers import RotatingFileHandler
from pathlib import Path
from tomllib import TOMLDecodeError, loads

from narrator.disk import private_path, refusals_by_name

log = logging.getLogger(__name__)

HOME_VARIABLE = "NARRATOR_HOME"
KEY_BYTES = 32
DEVICES = ("auto", "cpu", "cuda")
LOG_BYTES, LOG_FILES = 1_000_000, 3
LOG_LINE = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Folders:
    """data: key and the user's voices. cache: spoken segments. config: settings. log: log files."""

    data: Path
    cache: Path
    config: Path
    log: Path


@dataclass(frozen=True)
class Settings:
    """What the user prefers where a command does not say. cache_gigabytes: of spoken segments."""

    device: str = "auto"
    voice: str = "kathleen"
    cache_gigabytes: float = 10.0

    @property
    def cache_bytes(self) -> int:
        return int(self.cache_gigabytes * GIGABYTE)


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
    path = folder / "settings.toml"
    if not path.is_file():
        return Settings()
    try:
        table = loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, TOMLDecodeError) as error:
        log.warning("settings cannot be read, defaults are used: %s", type(error).__name__)
        return Settings()
    good: dict[str, str | float] = {}
    for field in fields(Settings):
        value = table.get(field.name, field.default)
        known = field.name != "device" or value in DEVICES
        if known and _usable(value, field.default):
            good[field.name] = value
        else:
            log.warning("setting %s is not usable, its default is used", field.name)
    return Settings(**good)  # type: ignore[arg-type]  # each value has been compared with its default


def _usable(value: object, default: object) -> bool:
    if isinstance(default, float):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and 0 <= float(value) < float("inf")  # type: ignore[arg-type]
    return isinstance(value, type(default)) and value != ""


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
    handler.setFormatter(
        _Discreet("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    )
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
