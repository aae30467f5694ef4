"""The user's own voices: made, renamed, renewed, carried out and in, and wiped."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from fake_voice import write_voice
from own_voice import START, YEAR, Home, embedding, facts, flip, take

from narrator.audio.watermark.grid import VoiceKind
from narrator.errors import (
    ConsentAltered,
    ConsentExpired,
    ConsentMissing,
    ConsentNotGiven,
    ConsentRevoked,
    ProfileFileDamaged,
    UnknownVoice,
    VoiceDamaged,
    VoiceError,
    VoiceNameTaken,
)
from narrator.profiles.keys import Keys
from narrator.profiles.profile import VoiceProfile, voice_name
from narrator.profiles.records import ConsentRecord
from narrator.profiles.sealing import KeptVoice
from narrator.profiles.vault import Vault
from narrator.speech import Recording, VoiceEmbedding


def nothing(_: int) -> None:
    """There is no cache here."""


def consent(profile: VoiceProfile) -> ConsentRecord:
    assert isinstance(profile.origin, ConsentRecord)
    return profile.origin


def bytes_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_voice_comes_back_as_it_was_given(home: Home) -> None:
    made = home.create("Anna's voice")
    again = home.shelf()
    assert again.names() == (made.name,) == ("anna-s-voice",)
    assert again.get(made.name) == made
    heard, given = again.embedding(made.ref), embedding()
    assert np.array_equal(heard.values, given.values)
    assert np.array_equal(heard.steering, given.steering)
    assert (heard.encoder, heard.pitch_mean, heard.rate) == ("fake", 5.2, 12.0)


def test_a_voice_without_steering_is_one_too(home: Home) -> None:
    made = home.shelf().create(
        "Anna", description="", embedding=embedding(steering=0), takes=[take()], facts=facts()
    )
    assert home.shelf().embedding(made.ref).steering.shape == (0,)


def test_its_record_holds_all_that_was_shown(home: Home) -> None:
    record = consent(home.create())
    assert record.facts == facts(scores={"likeness": 0.8123, "words": 1.0})
    assert (record.number, record.given, record.expires) == (1, START, START + YEAR)
    assert len(record.evidence.takes) == 2
    assert record.evidence.encoder == "fake"


def test_a_replica_is_marked_as_one_under_its_number(home: Home) -> None:
    write_voice(home.folder / "built-in", "kathleen")
    voices = [home.create("Anna"), home.create("Bo", 2), home.shelf().get("kathleen")]
    assert [voice.number for voice in voices] == [1, 2, 0]
    assert [voice.ref.number for voice in voices] == [1, 2, 0]
    assert [voice.is_replica for voice in voices] == [True, True, False]
    assert [voice.kind for voice in voices] == [
        VoiceKind.REPLICA,
        VoiceKind.REPLICA,
        VoiceKind.STOCK,
    ]
    assert voices[0].terms == "consent of Ånna Smith until 2027-11-03"
    assert voices[2].terms == "CC0-1.0"


def test_a_reference_under_another_number_is_refused(home: Home) -> None:
    made = home.create()
    with pytest.raises(VoiceDamaged):
        home.shelf().embedding(made.ref._replace(number=0))


def test_nobody_else_may_read_what_is_kept(home: Home) -> None:
    home.create()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.files()}
    assert set(modes.values()) == {0o600}


def test_neither_words_nor_sound_lie_open(home: Home) -> None:
    home.create("A secret title")
    kept = bytes_below(home.data)
    assert b"secret" not in bytes_below(home.data / "voices")
    assert not windows(embedding().values.tobytes(), kept)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Anna", "anna"),
        ("  Über ／ Größe!  ", "über-grösse"),
        ("../../etc/passwd", "etc-passwd"),
        ("Мария 2", "мария-2"),
        ("CON\x00\n", "con"),
        ("...", "voice"),
        ("x" * 99, "x" * 40),
    ],
)
def test_any_title_gives_a_name_that_is_safe_as_a_folder(title: str, name: str) -> None:
    assert voice_name(title) == name


def test_a_name_can_be_taken_only_once(home: Home) -> None:
    write_voice(home.folder / "built-in", "kathleen")
    home.create("Anna")
    for title in ("Anna", "ANNA!", "Kathleen"):
        with pytest.raises(VoiceNameTaken):
            home.create(title, 5)
    assert home.shelf().get("anna").title == "Anna"


@pytest.mark.parametrize(
    "left_out",
    [{"words": ()}, {"words": ("one",)}, {"statement": 0}, {"checkbox": 0}, {"speaker": " "}],
)
def test_facts_that_leave_a_step_out_cannot_be_made(left_out: dict[str, object]) -> None:
    with pytest.raises(ConsentNotGiven):
        facts(**left_out)


def test_without_a_recording_there_is_no_voice(home: Home) -> None:
    with pytest.raises(ConsentNotGiven):
        home.shelf().create("Anna", description="", embedding=embedding(), takes=[], facts=facts())
    assert home.shelf().names() == ()


@pytest.mark.parametrize(
    "broken",
    [
        VoiceEmbedding(np.zeros(0), 5.0, 0.2, -20.0, 4.0, 12.0, "fake"),
        VoiceEmbedding(np.full(4, np.nan), 5.0, 0.2, -20.0, 4.0, 12.0, "fake"),
        VoiceEmbedding(np.zeros(4), np.inf, 0.2, -20.0, 4.0, 12.0, "fake"),
        VoiceEmbedding(np.zeros(4), 5.0, 0.2, -20.0, 4.0, 12.0, "fake", np.full(2, np.nan)),
    ],
)
def test_an_embedding_that_is_none_is_not_kept(home: Home, broken: VoiceEmbedding) -> None:
    with pytest.raises(VoiceDamaged):
        home.shelf().create("A", description="", embedding=broken, takes=[take()], facts=facts())
    assert home.files() == []


def test_a_voice_of_another_encoder_is_refused(home: Home) -> None:
    made = home.create()
    home.encoder = "a newer one"
    with pytest.raises(ConsentAltered):
        home.shelf().embedding(made.ref)


def test_a_renamed_voice_is_the_same_under_its_new_name(home: Home) -> None:
    before = home.create("Anna")
    after = home.shelf().rename("anna", "Aunt Anna")
    assert (after.name, after.title, after.number) == ("aunt-anna", "Aunt Anna", before.number)
    assert home.shelf().names() == ("aunt-anna",)
    assert home.shelf().embedding(after.ref).rate == 12.0
    assert home.shelf().rename("aunt-anna", "Aunt  ANNA").title == "Aunt  ANNA"
    home.create("Bo", 2)
    with pytest.raises(VoiceNameTaken):
        home.shelf().rename("bo", "aunt anna")
    with pytest.raises(UnknownVoice):
        home.shelf().rename("nobody", "x")


def test_an_expired_voice_is_silent_until_it_is_renewed(home: Home) -> None:
    made = home.create()
    old = set((home.data / "voices" / "anna").iterdir())
    home.clock.now = START + YEAR
    with pytest.raises(ConsentExpired) as caught:
        home.shelf().embedding(made.ref)
    assert (caught.value.name, caught.value.day) == ("anna", "2027-11-03")
    assert home.shelf().get("anna") == made  # it can still be looked at
    renewed = home.shelf().renew("anna", takes=[take(7)], facts=facts(app="0.2.0"))
    assert consent(renewed).expires == START + 2 * YEAR
    assert renewed.ref == made.ref  # nothing has to be spoken again
    assert home.shelf().embedding(made.ref).rate == 12.0
    left = set((home.data / "voices" / "anna").iterdir())
    assert len(left) == 2
    assert {path.name for path in left & old} == {"profile.sealed"}


def windows(sought: bytes, within: bytes, length: int = 8) -> list[int]:
    """Where any `length` bytes in a row of `sought` are found."""
    return [at for at in range(len(sought) - length + 1) if sought[at : at + length] in within]


def test_after_a_withdrawal_no_byte_of_the_voice_is_left(home: Home) -> None:
    made = home.create()
    kept, given = home.shelf().embedding(made.ref), take()
    home.create("Bo", 2)
    sealed = [path.read_bytes() for path in (home.data / "voices" / "anna").iterdir()]
    key = (home.keys / "voice-1.key").read_bytes()
    purged: list[int] = []
    home.shelf().revoke("anna", purge=purged.append)
    left = bytes_below(home.folder)
    for content in (kept.values.tobytes(), kept.steering.tobytes(), given.samples.tobytes()[:4000]):
        assert not windows(content, left)
    assert not any(windows(content[40:400], left) for content in sealed)
    assert key not in left
    assert purged == [1]
    assert home.shelf().names() == ("bo",)
    with pytest.raises(UnknownVoice):
        home.shelf().embedding(made.ref)
    assert home.shelf().embedding(home.shelf().get("bo").ref).rate == 12.0


def test_what_is_wiped_is_overwritten_first(home: Home, tmp_path: Path) -> None:
    home.create()
    links = []
    for path in [*(home.data / "voices" / "anna").iterdir(), home.keys / "voice-1.key"]:
        links.append(tmp_path / path.name)
        links[-1].hardlink_to(path)
    home.shelf().revoke("anna", purge=nothing)
    assert {bytes(len(link.read_bytes())) == link.read_bytes() for link in links} == {True}


def copied(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def put_back(files: dict[Path, bytes]) -> None:
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_after_a_withdrawal_neither_export_nor_backup_can_be_used(
    home: Home, tmp_path: Path
) -> None:
    made = home.create()
    home.shelf().export_profile("anna", tmp_path / "anna.voice")
    voices, keys, log = copied(home.data / "voices"), copied(home.keys), home.log.read_bytes()
    home.shelf().revoke("anna", purge=nothing)
    with pytest.raises(ProfileFileDamaged):
        home.shelf().import_profile(tmp_path / "anna.voice")
    put_back(voices)
    with pytest.raises(ConsentRevoked):
        home.shelf().embedding(made.ref)
    put_back({path: content for path, content in keys.items() if path.name == "voice-1.key"})
    with pytest.raises(ConsentRevoked):
        home.shelf().embedding(made.ref)
    with pytest.raises(ConsentRevoked):
        home.shelf().import_profile(tmp_path / "anna.voice")
    home.log.write_bytes(log)
    with pytest.raises(ConsentAltered):
        home.shelf().embedding(made.ref)


def test_a_withdrawal_that_was_interrupted_can_be_done_again(home: Home) -> None:
    made = home.create()

    def breaks(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        home.shelf().revoke("anna", purge=breaks)
    with pytest.raises(ConsentRevoked):
        home.shelf().embedding(made.ref)
    home.shelf().revoke("anna", purge=nothing)
    assert home.shelf().names() == ()
    assert home.log.read_bytes().count(b"revoked") == 1


@pytest.mark.parametrize("damage", ["log", "profile", "signing key"])
def test_a_damaged_voice_can_be_wiped_as_well(home: Home, damage: str) -> None:
    home.create()
    damaged = {
        "log": home.log,
        "profile": home.data / "voices" / "anna" / "profile.sealed",
        "signing key": home.keys / "signing.key",
    }
    damaged[damage].write_bytes(b"")
    home.shelf().revoke("anna", purge=nothing)
    assert not (home.data / "voices" / "anna").exists()
    assert (home.keys / "voice-1.key").exists() == (damage == "signing key")


def test_a_voice_from_elsewhere_does_not_withdraw_one_of_here(home: Home, tmp_path: Path) -> None:
    made, other = home.create(), Home(tmp_path / "other")
    other.create("Bo")
    put_back(
        {
            home.data / path.relative_to(other.data): content
            for path, content in copied(other.data / "voices").items()
        }
    )
    with pytest.raises(ConsentAltered):
        home.shelf().get("bo")
    home.shelf().revoke("bo", purge=nothing)
    assert home.shelf().names() == ("anna",)
    assert home.shelf().embedding(made.ref).rate == 12.0


def test_an_exported_voice_comes_back(home: Home, tmp_path: Path) -> None:
    made = home.create()
    file = tmp_path / "out" / "anna.voice"
    home.shelf().export_profile("anna", file)
    kept = copied(home.data / "voices")
    for path in kept:
        path.unlink()
    assert home.shelf().names() == ()
    assert home.shelf().import_profile(file) == made
    assert {path.name for path in copied(home.data / "voices")} == {path.name for path in kept}
    assert home.shelf().embedding(made.ref).rate == 12.0


def test_an_import_mends_a_damaged_voice_under_its_present_name(home: Home, tmp_path: Path) -> None:
    home.create()
    home.shelf().export_profile("anna", tmp_path / "a")
    home.shelf().rename("anna", "Bo")
    sealed = home.data / "voices" / "bo" / "profile.sealed"
    sealed.write_bytes(sealed.read_bytes()[:50])
    assert home.shelf().import_profile(tmp_path / "a").name == "bo"
    assert home.shelf().names() == ("bo",)


def test_a_voice_that_took_the_name_meanwhile_is_not_overwritten(
    home: Home, tmp_path: Path
) -> None:
    home.create()
    home.shelf().export_profile("anna", tmp_path / "a")
    home.shelf().rename("anna", "Bo")
    home.create("Anna", 3)
    assert home.shelf().import_profile(tmp_path / "a").name == "bo"
    for path in copied(home.data / "voices" / "bo"):
        path.unlink()
    with pytest.raises(VoiceNameTaken):
        home.shelf().import_profile(tmp_path / "a")


def test_an_export_from_another_installation_is_refused(home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "other")
    for place in (other, home):
        place.create()
    other.shelf().export_profile("anna", tmp_path / "a")
    with pytest.raises(ProfileFileDamaged, match="another installation"):
        home.shelf().import_profile(tmp_path / "a")


def test_each_bit_of_an_exported_voice_counts(home: Home, tmp_path: Path) -> None:
    home.create()
    file = tmp_path / "a"
    home.shelf().export_profile("anna", file)
    whole, shelf = file.read_bytes(), home.shelf()
    random = np.random.default_rng(1)
    early = random.integers(0, 600, 80)  # the label and the embedding, which are few
    for at in (*early, *random.integers(0, len(whole), 80)):
        bit = 1 << int(random.integers(0, 8))
        flip(file, int(at), bit)
        with pytest.raises(ProfileFileDamaged):
            shelf.import_profile(file)
        flip(file, int(at), bit)
    for content in (b"", whole[:40], whole[:-1], whole + b"\0", b"NARRPRF1" + bytes(64)):
        file.write_bytes(content)
        with pytest.raises(ProfileFileDamaged):
            shelf.import_profile(file)
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(ProfileFileDamaged):
            shelf.import_profile(path)


def drop_plain_files(home: Home) -> str:
    write_voice(home.data / "voices", "mallory")
    return "mallory"


def drop_a_table_for_a_seal(home: Home) -> str:
    folder = write_voice(home.data / "voices", "mallory")
    (folder / "profile.sealed").write_text(json.dumps({"title": "Mallory", "number": 1}))
    return "mallory"


def drop_a_seal_of_another_installation(home: Home) -> str:
    other = Home(home.folder / "other")
    other.create("Mallory")
    put_back(
        {
            home.data / path.relative_to(other.data): content
            for path, content in copied(other.data / "voices").items()
        }
    )
    return "mallory"


def drop_all_but_the_keys_of_another_installation(home: Home) -> str:
    name = drop_a_seal_of_another_installation(home)
    home.log.write_bytes((home.folder / "other" / "data" / "consents.jsonl").read_bytes())
    return name


def seal_another_sound(home: Home) -> str:
    vault = Vault(home.data / "voices", Keys(home.keys))
    vault.write("anna", 1, KeptVoice("Anna", "calm", embedding(99)))
    return "anna"


def swap_the_sound_of_two_voices(home: Home) -> str:
    home.create("Mallory", 2)
    voices = home.data / "voices"
    sealed = (voices / "anna" / "profile.sealed").read_bytes()
    label = (voices / "mallory" / "profile.sealed").read_bytes()[:20]
    (voices / "mallory" / "profile.sealed").write_bytes(label + sealed[20:])
    return "mallory"


def write_a_record_by_hand(home: Home) -> str:
    line = json.loads(home.log.read_bytes().splitlines()[0])
    line |= {"number": 2, "speaker": "Mallory"}
    with home.log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    return drop_a_table_for_a_seal(home)


def edit_the_record(home: Home) -> str:
    home.log.write_text(home.log.read_text("utf-8").replace("2027-11-03", "2099-11-03"), "utf-8")
    return "anna"


def edit_the_speaker(home: Home) -> str:
    home.log.write_text(home.log.read_text("utf-8").replace("Ånna", "Mallory"), "utf-8")
    return "anna"


def delete_the_anchor(home: Home) -> str:
    (home.keys / "anchor.json").unlink()
    return "anna"


def a_new_signing_key(home: Home) -> str:
    (home.keys / "signing.key").write_bytes(bytes(32))
    return "anna"


def another_voice_key(home: Home) -> str:
    (home.keys / "voice-1.key").write_bytes(bytes(32))
    return "anna"


@pytest.mark.parametrize(
    "way",
    [
        drop_plain_files,
        drop_a_table_for_a_seal,
        drop_a_seal_of_another_installation,
        drop_all_but_the_keys_of_another_installation,
        seal_another_sound,
        swap_the_sound_of_two_voices,
        write_a_record_by_hand,
        edit_the_record,
        edit_the_speaker,
        delete_the_anchor,
        a_new_signing_key,
        another_voice_key,
    ],
)
def test_no_way_around_the_steps_makes_a_voice_that_speaks(
    home: Home, way: Callable[[Home], str]
) -> None:
    made = home.create()
    name = way(home)
    shelf = home.shelf()
    with pytest.raises(VoiceError):
        shelf.get(name)
    for ref in (made.ref, made.ref._replace(number=0), made.ref._replace(number=2)):
        with pytest.raises(VoiceError):
            shelf.embedding(ref._replace(name=name))


def test_a_killed_run_leaves_no_voice_and_no_name_taken(home: Home) -> None:
    made = home.create()
    (home.data / "voices" / "anna" / "profile.sealed").unlink()
    assert home.shelf().names() == ()
    again = home.create("Anna", 9)
    assert (again.number, len(list((home.data / "voices" / "anna").iterdir()))) == (2, 3)
    with pytest.raises(VoiceDamaged):
        home.shelf().embedding(made.ref)


def test_a_voice_whose_consent_is_not_in_the_log_is_refused(home: Home) -> None:
    made = home.create()
    kept = copied(home.data / "voices")
    for path in (home.log, home.keys / "anchor.json"):
        path.unlink()
    with pytest.raises(ConsentMissing):
        home.shelf().embedding(made.ref)
    assert copied(home.data / "voices") == kept


def test_a_recording_that_is_silent_or_short_is_kept_too(home: Home) -> None:
    silent = Recording(np.zeros(3, np.float32), 44_100)
    made = home.shelf().create(
        "A", description="", embedding=embedding(), takes=[silent], facts=facts()
    )
    assert len(consent(made).evidence.takes) == 1
