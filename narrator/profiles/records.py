"""Consent records: what a speaker agreed to and how it was checked, as signed lines of JSON.

Each line bears the SHA-256 of the line before, so a signature on the last one vouches for all. That
shows accidents and edits by hand; who owns the machine and its keys can forge a log.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from narrator.errors import ConsentNotGiven
from narrator.profiles.keys import Anchor

SCOPE = "audiobooks on this installation"
OLDEST_STATEMENT = 1  # of the texts read aloud and ticked; older ones no longer cover what is done
OLDEST_CHECKBOX = 1
WORDS = 6
SCORE_UNIT = 10_000  # records hold whole numbers alone, so that they have one spelling

Table = dict[str, Any]


class Relation(Enum):
    """Who sits at the microphone."""

    SELF = "self"
    PRESENT = "present"


@dataclass(frozen=True)
class ConsentFacts:
    """What the steps of a consent have shown.

    speaker: as in the statement. statement, checkbox: versions of the texts. ticked: when the box
    was ticked. words: the random words that were read, spoken: when they were. scores: of the
    checks, by their names. app: version of narrator. Times are aware of their zone.
    Raises ConsentNotGiven when a step is left out.
    """

    speaker: str
    relation: Relation
    statement: int
    checkbox: int
    ticked: datetime
    words: tuple[str, ...]
    spoken: datetime
    scores: Mapping[str, float]
    app: str

    def __post_init__(self) -> None:
        texts = self.statement >= OLDEST_STATEMENT and self.checkbox >= OLDEST_CHECKBOX
        heard = len(self.words) >= WORDS and all(self.words) and self.scores
        if not (texts and heard and self.speaker.strip()):
            raise ConsentNotGiven


class Evidence(NamedTuple):
    """What the consent is tied to. takes, embedding: SHA-256 in hex. encoder: its fingerprint."""

    takes: tuple[str, ...]
    embedding: str
    encoder: str


@dataclass(frozen=True)
class ConsentRecord:
    """The consent that a voice rests on. number: 1 up, also the voice's number in the watermark.

    given: when it was signed, or last renewed. expires: from then on the voice is silent.
    """

    number: int
    facts: ConsentFacts
    evidence: Evidence
    given: datetime
    expires: datetime
    installation: str


class Entry(NamedTuple):
    """A line of the log. digest: SHA-256 of the line, in hex."""

    table: Table
    digest: str


def canonical(table: Mapping[str, Any]) -> bytes:
    """Give the one spelling of a table of texts and whole numbers, UTF-8."""
    text = json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def signed_line(table: Table, key: Ed25519PrivateKey) -> bytes:
    """Give a table with its signature as a line, without the line's end."""
    return canonical(table | {"signature": key.sign(canonical(table)).hex()})


def check_signature(entry: Entry, key: Ed25519PublicKey) -> None:
    """Raise ValueError when the entry is not what `key` signed."""
    table = dict(entry.table)
    try:
        key.verify(bytes.fromhex(table.pop("signature")), canonical(table))
    except (InvalidSignature, ValueError, KeyError, TypeError) as error:
        raise ValueError("its signature is wrong") from error


def read_log(content: bytes, anchor: Anchor, key: Ed25519PublicKey | None) -> list[Entry]:
    """Give the entries of a log after checking chain, anchor and last signature.

    Entries after the anchor's are good when they are chained and signed: a program that is killed
    has written the log and not yet the anchor. Raises ValueError with the reason.
    """
    *lines, rest = content.split(b"\n")
    if rest:
        raise ValueError("the log is cut off")
    entries: list[Entry] = []
    for line in lines:
        table = _table(line)
        if table.get("previous") != (entries[-1].digest if entries else ""):
            raise ValueError("the log is not in one piece")
        entries.append(Entry(table, sha256(line).hexdigest()))
    if len(entries) < anchor.length:
        raise ValueError("the log is shorter than it was")
    if entries:
        if anchor.length < 0 or key is None:
            raise ValueError("its keys are missing")
        if anchor.length and entries[anchor.length - 1].digest != anchor.last:
            raise ValueError("the log was changed")
        check_signature(entries[-1], key)
    return entries


def facts_table(facts: ConsentFacts, evidence: Evidence) -> Table:
    """Give what a record says of facts and evidence; `record_of` reads it back."""
    return {
        "app": facts.app,
        "checkbox": facts.checkbox,
        "embedding": evidence.embedding,
        "encoder": evidence.encoder,
        "relation": facts.relation.value,
        "scope": SCOPE,
        "scores": {name: round(score * SCORE_UNIT) for name, score in facts.scores.items()},
        "speaker": facts.speaker,
        "spoken": stamp(facts.spoken),
        "statement": facts.statement,
        "takes": list(evidence.takes),
        "ticked": stamp(facts.ticked),
        "words": list(facts.words),
    }


def record_of(table: Table) -> ConsentRecord:
    """Give the record that an entry made or renewed. Raises ValueError, KeyError or TypeError.

    ConsentNotGiven passes when the entry's texts are older than those that count today.
    """
    facts = ConsentFacts(
        speaker=table["speaker"],
        relation=Relation(table["relation"]),
        statement=table["statement"],
        checkbox=table["checkbox"],
        ticked=moment(table["ticked"]),
        words=tuple(table["words"]),
        spoken=moment(table["spoken"]),
        scores={name: score / SCORE_UNIT for name, score in table["scores"].items()},
        app=table["app"],
    )
    return ConsentRecord(
        number=table["number"],
        facts=facts,
        evidence=Evidence(tuple(table["takes"]), table["embedding"], table["encoder"]),
        given=moment(table["time"]),
        expires=moment(table["expires"]),
        installation=table["installation"],
    )


def stamp(time: datetime) -> str:
    """Give a time as records hold it: ISO 8601, UTC, whole seconds."""
    return time.astimezone(UTC).isoformat(timespec="seconds")


def moment(text: str) -> datetime:
    """Read a time that `stamp` wrote."""
    return datetime.fromisoformat(text)


def newest(entries: Sequence[Entry]) -> datetime:
    """Give the latest time in the log; no clock may lie before it."""
    return max(
        (moment(entry.table["time"]) for entry in entries),
        default=datetime.min.replace(tzinfo=UTC),
    )


def _table(line: bytes) -> Table:
    try:
        table = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("the log cannot be read") from error
    if not isinstance(table, dict):
        raise ValueError("the log cannot be read")
    return table
