"""What belongs to the model: its files and their digests. Needs no torch."""

import hashlib
import json
from pathlib import Path

from narrator.errors import ModelAltered, ModelMissing

MANIFEST = "manifest.json"
CONFIG = "config.json"
ACOUSTIC, ENCODER, VOCODER = (
    f"{name}.safetensors" for name in ("acoustic", "speaker_encoder", "vocoder")
)


def digest(path: Path) -> str:
    """Give the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path) -> None:
    """Write down the digest of every weight file and of the config in `folder`."""
    names = [*sorted(path.name for path in folder.glob("*.safetensors")), CONFIG]
    digests = {name: digest(folder / name) for name in names}
    (folder / MANIFEST).write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> dict[str, str]:
    """Give file names and digests. Raises ModelMissing, ModelAltered."""
    path = folder / MANIFEST
    try:
        digests: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelMissing(path) from error
    except ValueError as error:
        raise ModelAltered(path, "it is not readable") from error
    return digests


def checked(folder: Path, name: str) -> Path:
    """Give a model file after comparing its digest. Raises ModelMissing, ModelAltered."""
    path = folder / name
    expected = read_manifest(folder).get(name)
    if expected is None or not path.exists():
        raise ModelMissing(path)
    if digest(path) != expected:
        raise ModelAltered(path, "its digest is not the one in the manifest")
    return path


def fingerprint(folder: Path) -> str:
    """Give 16 hex digits that change with any weight. Raises ModelMissing, ModelAltered."""
    listed = json.dumps(read_manifest(folder), sort_keys=True)
    return hashlib.sha256(listed.encode()).hexdigest()[:16]


def encoder_fingerprint(folder: Path) -> str:
    """Give 16 hex digits of the weights that give a voice embedding its meaning.

    A new vocoder leaves them as they are. Raises ModelMissing, ModelAltered.
    """
    listed = read_manifest(folder)
    try:
        joined = listed[ACOUSTIC] + listed[ENCODER]
    except KeyError as error:
        raise ModelMissing(folder / str(error.args[0])) from error
    return hashlib.sha256(joined.encode()).hexdigest()[:16]
