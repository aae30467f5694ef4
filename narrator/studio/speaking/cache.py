"""The spoken segments of all books, key -> segment, within a quota; losing them loses time only."""

import json
import logging
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from narrator.audio.segment import Outline, Segment, outline, read_segment, write_segment
from narrator.audio.watermark.payload import voice_of_payload
from narrator.disk import refusals_by_name, sweep_temporaries
from narrator.errors import AudioError
from narrator.speech import Utterance

SUFFIX = ".flac"
ROOM_AFTER_EVICTION = 0.9  # of the quota, so that not every segment spoken starts another clean-up

log = logging.getLogger(__name__)


def segment_key(utterance: Utterance, pipeline: str) -> str:
    """Give the name of what `utterance` becomes when spoken by `pipeline`, 40 hex digits."""
    facts = asdict(utterance) | {"opening": utterance.opening.value, "pipeline": pipeline}
    return blake2b(json.dumps(facts, sort_keys=True).encode(), digest_size=20).hexdigest()


class _Stored(NamedTuple):
    path: Path
    size: int
    read_at: float


class Cache:
    """Segments as files in `folder`, sealed with `key`; over `quota_bytes` the oldest-read go.

    What was read or written since the cache was opened stays: the book at hand is kept whole.
    Several threads may call it.
    """

    def __init__(self, folder: Path, *, key: bytes, quota_bytes: int) -> None:
        self._folder = folder
        self._key = key
        self._quota = quota_bytes
        self._opened_at = time.time()
        self._clean_up_at: int | None = None
        self._size = 0
        self._counting = threading.Lock()

    def get(self, key: str) -> Segment | None:
        """Give the segment stored under `key`, None without one; a damaged one is deleted."""
        path = self._path(key)
        try:
            os.utime(path)  # first, or a clean-up by another thread might still take it for old
        except FileNotFoundError:
            return None
        try:
            segment = read_segment(path, self._key)
        except AudioError as error:
            log.warning("segment %s is damaged and is spoken again: %s", key, type(error).__name__)
            path.unlink(missing_ok=True)
            return None
        return segment

    def seconds(self, key: str) -> float | None:
        """Give how long the segment under `key` is, None without one."""
        found = self.outline(key)
        return found.seconds if found else None

    def outline(self, key: str) -> Outline | None:
        """Give length and mark of the segment under `key`, None without one; reads no samples.

        It counts as read. Whether it is damaged is seen by `get` alone.
        """
        path = self._path(key)
        try:
            os.utime(path)
            return outline(path)
        except FileNotFoundError:
            return None
        except AudioError as error:
            log.warning("segment %s is damaged: %s", key, type(error).__name__)
            return None

    def put(self, key: str, segment: Segment) -> Segment:
        """Store `segment` under `key` and give it as it is kept, the same at each later `get`.

        Raises DiskFull or FolderNotWritable.
        """
        path = self._path(key)
        kept = write_segment(path, segment, self._key)
        with self._counting:
            self._keep_quota(path.stat().st_size)
        return kept

    def purge(self, number: int) -> int:
        """Delete what was spoken by the voice of that consent record, and give how many that were.

        By the mark in each segment, so under whatever name the voice went; what cannot be read goes
        as well. Raises FolderNotWritable.
        """
        purged = 0
        for stored in self._stored():
            if _voice_of(stored.path) in (number, None):
                with refusals_by_name(stored.path):
                    stored.path.unlink(missing_ok=True)
                purged += 1
        return purged

    def size(self) -> int:
        """Give how many bytes it takes; looks at every file."""
        return sum(stored.size for stored in self._stored())

    def empty(self) -> None:
        """Delete all segments. Raises FolderNotWritable."""
        for stored in self._stored():
            with refusals_by_name(stored.path):
                stored.path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}{SUFFIX}"

    def _keep_quota(self, added_bytes: int) -> None:
        self._size += added_bytes
        if self._clean_up_at is None:
            for folder in self._folder.glob("??"):
                sweep_temporaries(folder)
            self._size = sum(stored.size for stored in self._stored())
            self._clean_up_at = self._quota
        if self._size > self._clean_up_at:
            self._evict()

    def _evict(self) -> None:
        goal = self._quota * ROOM_AFTER_EVICTION
        every = sorted(self._stored(), key=lambda stored: stored.read_at)
        self._size = sum(stored.size for stored in every)
        for stored in every:
            if self._size <= goal or stored.read_at >= self._opened_at:
                break
            stored.path.unlink(missing_ok=True)
            self._size -= stored.size
        self._clean_up_at = max(self._quota, round(self._size * 1.1))

    def _stored(self) -> Iterator[_Stored]:
        for path in self._folder.glob(f"??/*{SUFFIX}"):
            facts = path.stat()
            yield _Stored(path, facts.st_size, facts.st_mtime)


def _voice_of(path: Path) -> int | None:
    try:
        return voice_of_payload(outline(path).mark.payload)
    except AudioError as error:
        log.warning("segment %s is damaged: %s", path.stem, type(error).__name__)
        return None
