"""What was measured once is not measured again: results by the digest of what went in.

Recognising speech takes minutes, and of all that is judged only our own voices ever change.
"""

import inspect
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np


class Memory:
    """Results of measures in `folder`, one file of lines a measure; what is new goes to `pool`.

    A measure is a module's function of arrays, text and tuples that gives plain JSON values. When
    its module changes, or one of narrator's that it takes functions from, it is measured anew. An
    interrupted call goes on where it stopped.
    """

    def __init__(self, folder: Path, pool: Executor) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._pool = pool

    def map(self, measure: Callable[..., Any], *columns: Sequence[Any]) -> list[Any]:
        """Give `measure` of each row of `columns`, which are equally long, else ValueError."""
        source = _source(measure)
        rows = list(zip(*columns, strict=True))
        keys = [_key(source, row) for row in rows]
        path = self._folder / f"{measure.__name__}.jsonl"
        known = dict(_read(path))
        missing = {key: row for key, row in zip(keys, rows, strict=True) if key not in known}
        if missing:
            found = self._pool.map(measure, *zip(*missing.values(), strict=True))
            with path.open("a", encoding="utf-8") as file:
                for key, value in zip(missing, found, strict=True):
                    file.write("\n" + json.dumps([key, value]))  # the line before may be cut off
                    file.flush()
                    known[key] = json.loads(json.dumps(value))
        return [known[key] for key in keys]


def _read(path: Path) -> Iterator[tuple[str, Any]]:
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            key, value = json.loads(line)
        except json.JSONDecodeError:  # empty, or being written when the run was cut off
            continue
        yield key, value


def _source(measure: Callable[..., Any]) -> bytes:
    taken = vars(inspect.getmodule(measure)).values()
    files = {
        inspect.getfile(value)
        for value in (measure, *taken)
        if inspect.isfunction(value) or inspect.isclass(value)
        if value is measure or value.__module__.startswith("narrator.")
    }
    return b"".join(Path(file).read_bytes() for file in sorted(files))


def _key(source: bytes, row: Sequence[Any]) -> str:
    digest = blake2b(source, digest_size=16)
    for value in row:
        if isinstance(value, np.ndarray):
            digest.update(f"{value.dtype}{value.shape}".encode())
            digest.update(np.ascontiguousarray(value).data)
        else:
            digest.update(repr(value).encode())
    return digest.hexdigest()
