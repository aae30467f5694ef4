"""The log of consents, append-only: given, renewed, revoked; read and checked anew at each call."""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from narrator.disk import private_path, refusals_by_name
from narrator.errors import (
    ConsentAltered,
    ConsentExpired,
    ConsentMissing,
    ConsentNotGiven,
    ConsentRevoked,
)
from narrator.profiles.keys import Anchor, Keys
from narrator.profiles.records import (
    ConsentFacts,
    ConsentRecord,
    Entry,
    Evidence,
    Table,
    check_signature,
    facts_table,
    newest,
    read_log,
    record_of,
    signed_line,
    stamp,
)

LASTS = timedelta(days=365)

log = logging.getLogger(__name__)


class _Content(NamedTuple):
    """The log as it lies on the disk, checked."""

    raw: bytes
    entries: list[Entry]


def utc_now() -> datetime:
    """Give the time of the machine's clock."""
    return datetime.now(UTC)


class ConsentLog:
    """The consents given on this installation, in the file `path`, signed with `keys`.

    The anchor kept beside the keys shows entries cut off at the end. A clock that was set back
    changes nothing: no time lies before the newest in the log. voice: the name told in errors.
    """

    def __init__(self, path: Path, keys: Keys, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._path = path
        self._keys = keys
        self._clock = clock

    def record(self, number: int, *, voice: str) -> ConsentRecord:
        """Give the record `number` as last renewed, expired or not.

        Raises ConsentMissing, ConsentRevoked, ConsentAltered when anything in the log is not as it
        was written, and FolderNotWritable when log or keys cannot be read.
        """
        return self._record(self._read(voice).entries, number, voice)

    def verify(self, number: int, *, voice: str) -> ConsentRecord:
        """Give the record `number` if it allows the voice to speak now.

        Raises as `record`, and ConsentExpired.
        """
        entries = self._read(voice).entries
        record = self._record(entries, number, voice)
        if self._now(entries) >= record.expires:
            raise ConsentExpired(voice, record.expires.date().isoformat())
        return record

    def append_created(self, number: int, facts: ConsentFacts, evidence: Evidence) -> ConsentRecord:
        """Sign the consent to a new voice, for 365 days.

        A log that is damaged is set aside under another name: its voices stay refused, the new one
        begins another log. Raises FolderNotWritable or DiskFull.
        """
        with self._keys.held():
            try:
                content = self._read("")
            except ConsentAltered as error:
                content = self._set_aside(error)
            table = facts_table(facts, evidence) | {"entry": "created"}
            return record_of(self._append(content, number, table))

    def append_renewed(
        self, number: int, facts: ConsentFacts, evidence: Evidence, *, voice: str
    ) -> ConsentRecord:
        """Sign the consent again, for 365 days more. Raises as `record` and `append_created`."""
        with self._keys.held():
            content = self._read(voice)
            self._record(content.entries, number, voice)
            table = facts_table(facts, evidence) | {"entry": "renewed"}
            return record_of(self._append(content, number, table))

    def append_revoked(self, number: int, *, voice: str) -> None:
        """Withdraw the consent for good; done once already, it is not done again.

        Raises ConsentMissing, ConsentAltered, FolderNotWritable or DiskFull.
        """
        with self._keys.held():
            content = self._read(voice)
            known = [entry.table["entry"] for entry in content.entries if _is_of(entry, number)]
            if not known:
                raise ConsentMissing(voice)
            if "revoked" not in known:
                self._append(content, number, {"entry": "revoked"})

    def _read(self, voice: str) -> _Content:
        anchor = self._keys.anchor()  # before the log, which a writer replaces first
        with refusals_by_name(self._path):
            raw = self._path.read_bytes() if self._path.exists() else b""
        try:
            return _Content(raw, read_log(raw, anchor, self._keys.public()))
        except ValueError as error:
            raise ConsentAltered(voice, str(error)) from error

    def _record(self, entries: list[Entry], number: int, voice: str) -> ConsentRecord:
        found = [entry for entry in entries if _is_of(entry, number)]
        if not found:
            raise ConsentMissing(voice)
        if any(entry.table["entry"] == "revoked" for entry in found):
            raise ConsentRevoked(voice)
        key = self._keys.public()
        try:
            record = record_of(found[-1].table)
            if key is None or record.installation != self._keys.installation():
                raise ConsentAltered(voice, "it was given on another installation")
            check_signature(found[-1], key)
        except ConsentNotGiven as error:
            raise ConsentAltered(voice, "its statement no longer covers what is done") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConsentAltered(voice, "its record is damaged") from error
        return record

    def _now(self, entries: list[Entry]) -> datetime:
        return max(self._clock(), newest(entries))

    def _append(self, content: _Content, number: int, facts: Table) -> Table:
        entries, now = content.entries, self._now(content.entries)
        key = self._keys.signing()
        anchor = self._keys.anchor()
        if not entries:  # or a log without an anchor would be the next thing that is found
            self._keys.keep(Anchor(0, "", anchor.number))
        table = facts | {
            "number": number,
            "time": stamp(now),
            "installation": self._keys.installation(),
            "previous": entries[-1].digest if entries else "",
        }
        if table["entry"] != "revoked":
            table["expires"] = stamp(now + LASTS)
        line = signed_line(table, key)
        raw = content.raw + line + b"\n"
        with private_path(self._path) as temporary:
            temporary.write_bytes(raw)
        last = read_log(raw, Anchor(0, "", 0), key.public_key())[-1]
        self._keys.keep(Anchor(len(entries) + 1, last.digest, max(anchor.number, number)))
        return table

    def _set_aside(self, reason: ConsentAltered) -> _Content:
        log.warning("the log of consents is set aside: %s", reason.reason)
        anchor = self._keys.anchor()
        if self._path.exists():
            taken = len(list(self._path.parent.glob(f"{self._path.stem}-damaged-*")))
            aside = f"{self._path.stem}-damaged-{taken + 1}{self._path.suffix}"
            with refusals_by_name(self._path):
                os.replace(self._path, self._path.with_name(aside))
        self._keys.keep(Anchor(0, "", anchor.number))
        return _Content(b"", [])


def _is_of(entry: Entry, number: int) -> bool:
    return bool(entry.table.get("number") == number)
