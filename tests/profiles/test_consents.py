"""The log of consents: whatever was done to it, the voices that rest on it fall silent."""

import json
import shutil
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from own_voice import START, YEAR, Home, embedding, facts, flip, take

from narrator.errors import (
    ConsentAltered,
    ConsentExpired,
    ConsentMissing,
    ConsentNotGiven,
    ConsentRevoked,
    NarratorError,
    VoiceError,
)
from narrator.profiles import records
from narrator.profiles.keys import Keys
from narrator.profiles.log import ConsentLog
from narrator.profiles.profile import VoiceProfile


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Three voices; one is renewed, one is withdrawn."""
    home = Home(tmp_path_factory.mktemp("template") / "home")
    home.create("Anna", 1)
    home.create("Bo", 2)
    home.shelf().renew("bo", takes=[take(5)], facts=facts())
    home.create("Cy", 3)
    home.shelf().revoke("cy", purge=lambda _: None)
    return home


@pytest.fixture
def made(home: Home, template: Home) -> VoiceProfile:
    """The first of the voices, in an installation that the test may change."""
    shutil.copytree(template.folder, home.folder)
    return home.shelf().get("anna")


def lines(home: Home) -> list[bytes]:
    return home.log.read_bytes().splitlines(keepends=True)


def test_the_log_is_one_line_of_sorted_json_for_each_step(home: Home, made: VoiceProfile) -> None:
    tables = [json.loads(line) for line in lines(home)]
    assert [(table["entry"], table["number"]) for table in tables] == [
        ("created", 1),
        ("created", 2),
        ("renewed", 2),
        ("created", 3),
        ("revoked", 3),
    ]
    for line, table in zip(lines(home), tables, strict=True):
        assert records.canonical(table) == line.removesuffix(b"\n")
    assert tables[0]["speaker"] == "Ånna Smith"
    assert "Ånna".encode() in lines(home)[0]
    assert tables[0]["scores"] == {"likeness": 8123, "words": 10_000}
    assert tables[0]["scope"] == "audiobooks on this installation"
    assert tables[0]["previous"] == ""


def test_each_bit_of_log_voice_and_keys_counts(home: Home, made: VoiceProfile) -> None:
    files = [
        *[home.log] * 10,
        *[home.data / "voices" / "anna" / "profile.sealed"] * 8,
        home.keys / "voice-1.key",
        home.keys / "signing.key",
    ]
    random = np.random.default_rng(4)
    shelf, spoken = home.shelf(), []
    for count in range(1000):
        path = files[count % len(files)]
        at = int(random.integers(0, path.stat().st_size))
        bit = 1 << int(random.integers(0, 8))
        flip(path, at, bit)
        try:
            shelf.embedding(made.ref)
            spoken.append((path.name, at, bit))
        except VoiceError:
            flip(path, at, bit)
    assert not spoken
    assert shelf.embedding(made.ref).rate == 12.0


def reordered(entries: list[bytes]) -> list[bytes]:
    return [entries[1], entries[0], *entries[2:]]


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: [],
        lambda entries: entries[:-1],
        lambda entries: entries[1:],
        lambda entries: entries[:1],
        lambda entries: [*entries[:2], *entries[3:]],
        reordered,
        lambda entries: [*entries, entries[-1]],
        lambda entries: [*entries, entries[0]],
        lambda entries: [*entries[:-1], entries[-1].rstrip(b"\n")],
        lambda entries: [*entries[:-1], entries[-1][:-40]],
        lambda entries: [*entries, b"\n"],
        lambda entries: [*entries, b"{}\n"],
        lambda entries: [*entries, b"[" * 100_000 + b"\n"],
        lambda entries: [b"\xef\xbb\xbf", *entries],
        lambda entries: [line.replace(b"\n", b"\r\n") for line in entries],
    ],
)
def test_a_log_with_lines_missing_moved_or_added_silences_all(
    home: Home, made: VoiceProfile, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    home.log.write_bytes(b"".join(change(lines(home))))
    for name in ("anna", "bo"):
        with pytest.raises(ConsentAltered):
            home.shelf().get(name)
    with pytest.raises(ConsentAltered):
        home.shelf().embedding(made.ref)


def test_a_log_that_took_another_course_is_refused(
    home: Home, made: VoiceProfile, tmp_path: Path
) -> None:
    fork = Home(tmp_path / "fork")
    shutil.copytree(home.folder, fork.folder)
    fork.create("Di", 4)
    home.shelf().revoke("bo", purge=lambda _: None)
    home.log.write_bytes(fork.log.read_bytes())  # as long, and signed with the same key
    with pytest.raises(ConsentAltered):
        home.shelf().embedding(made.ref)


def test_a_deleted_log_silences_all(home: Home, made: VoiceProfile) -> None:
    home.log.unlink()
    with pytest.raises(ConsentAltered):
        home.shelf().embedding(made.ref)


def test_a_withdrawn_consent_stays_withdrawn(home: Home, made: VoiceProfile) -> None:
    log = ConsentLog(home.log, Keys(home.keys), clock=home.clock)
    with pytest.raises(ConsentRevoked):
        log.verify(3, voice="cy")
    evidence = records.Evidence(("0" * 64,), "0" * 64, "fake")
    with pytest.raises(ConsentRevoked):
        log.append_renewed(3, facts(), evidence, voice="cy")
    log.append_revoked(3, voice="cy")
    assert len(lines(home)) == 5
    for act in (log.verify, log.append_revoked):
        with pytest.raises(ConsentMissing):
            act(4, voice="nobody")


def test_a_clock_that_is_set_back_does_not_bring_a_voice_back(
    home: Home, made: VoiceProfile
) -> None:
    home.clock.now = START + YEAR + timedelta(days=1)
    with pytest.raises(ConsentExpired):
        home.shelf().embedding(made.ref)
    other = home.create("Di", 4)
    for now in (START, START - 40 * YEAR):
        home.clock.now = now
        with pytest.raises(ConsentExpired):
            home.shelf().embedding(made.ref)
        assert home.shelf().embedding(other.ref).rate == 12.0
    later = home.create("Ed", 5).origin
    assert isinstance(later, records.ConsentRecord)
    assert later.given == START + YEAR + timedelta(days=1)


def test_a_consent_lasts_to_the_second(home: Home, made: VoiceProfile) -> None:
    home.clock.now = START + YEAR - timedelta(seconds=1)
    assert home.shelf().embedding(made.ref).rate == 12.0
    home.clock.now = START + YEAR
    with pytest.raises(ConsentExpired):
        home.shelf().embedding(made.ref)


@pytest.mark.parametrize("text", ["OLDEST_STATEMENT", "OLDEST_CHECKBOX"])
def test_a_consent_to_a_text_of_old_does_not_cover_the_new_one(
    home: Home, made: VoiceProfile, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, text, 2)
    with pytest.raises(ConsentAltered):
        home.shelf().embedding(made.ref)
    with pytest.raises(ConsentNotGiven):
        facts()


def test_a_damaged_log_is_set_aside_for_the_next_voice_and_no_number_is_used_again(
    home: Home, made: VoiceProfile
) -> None:
    damaged = home.log.read_bytes().replace(b"self", b"none")
    for count in (1, 2):
        home.log.write_bytes(damaged)
        made_anew = home.create("Di", 4) if count == 1 else home.create("Ed", 5)
        assert made_anew.number == 3 + count
        assert home.shelf().embedding(made_anew.ref).rate == 12.0
        with pytest.raises(ConsentMissing):
            home.shelf().embedding(made.ref)
        aside = home.log.with_name(f"consents-damaged-{count}.jsonl")
        assert aside.read_bytes() == damaged


@pytest.mark.parametrize("lost", ["signing.key", "anchor.json"])
def test_after_lost_keys_a_voice_can_be_made_again(
    home: Home, made: VoiceProfile, lost: str
) -> None:
    (home.keys / lost).write_bytes(b"?")
    with pytest.raises(VoiceError):
        home.shelf().embedding(made.ref)
    again = home.create("Anna again", 6)
    assert home.shelf().embedding(again.ref).rate == 12.0
    with pytest.raises(VoiceError):
        home.shelf().embedding(made.ref)


def test_a_run_killed_between_log_and_anchor_loses_nothing(home: Home, made: VoiceProfile) -> None:
    anchor = (home.keys / "anchor.json").read_bytes()
    other = home.create("Di", 4)
    (home.keys / "anchor.json").write_bytes(anchor)
    assert home.shelf().embedding(made.ref).rate == 12.0
    assert home.shelf().embedding(other.ref).rate == 12.0
    home.log.write_bytes(home.log.read_bytes().replace(b'"number":4', b'"number":5'))
    with pytest.raises(ConsentAltered):
        home.shelf().embedding(made.ref)


def test_a_voice_speaks_on_while_others_are_made_and_withdrawn(home: Home) -> None:
    made = home.create()
    ended, refused = threading.Event(), list[NarratorError]()

    def listen() -> None:
        while not ended.is_set():
            try:
                home.shelf().embedding(made.ref)
            except NarratorError as error:
                refused.append(error)

    listener = threading.Thread(target=listen)
    listener.start()
    for number in range(3):
        home.create(f"Voice {number}", number)
        home.shelf().revoke(f"voice-{number}", purge=lambda _: None)
    ended.set()
    listener.join()
    assert not refused


def test_voices_made_at_the_same_time_get_a_number_each(home: Home) -> None:
    numbers: list[int] = []
    threads = [
        threading.Thread(target=lambda i=i: numbers.append(home.create(f"V {i}", i).number))
        for i in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [1, 2, 3, 4]
    assert len(home.shelf().names()) == len(lines(home)) == 4


def test_a_long_log_is_checked_in_a_few_milliseconds(home: Home) -> None:
    made = home.create()
    log = ConsentLog(home.log, Keys(home.keys), clock=home.clock)
    evidence = records.Evidence(("0" * 64,) * 4, "0" * 64, "fake")
    for number in range(2, 22):
        log.append_created(number, facts(), evidence)
    shelf, times = home.shelf(), []
    for _ in range(20):
        began = time.process_time()
        shelf.embedding(made.ref)
        times.append(time.process_time() - began)
    assert min(times) < 0.005


def test_a_log_that_cannot_be_opened_is_a_named_error_and_is_not_set_aside(
    home: Home, made: VoiceProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", denied)
        with pytest.raises(NarratorError):
            home.shelf().embedding(made.ref)
        with pytest.raises(NarratorError):
            home.shelf().create(
                "X", description="", embedding=embedding(), takes=[take()], facts=facts()
            )
    assert home.shelf().embedding(made.ref).rate == 12.0
