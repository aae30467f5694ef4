"""The voices on the shelf: what the user picks by name, and the worker's only way to an embedding.

Built-in voices come with their licence; those of the user rest on a consent, which is checked again
each time that the voice is to speak.
"""

import json
import logging
from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from narrator.disk import private_path
from narrator.errors import (
    ConsentAltered,
    ConsentMissing,
    ConsentNotGiven,
    ProfileFileDamaged,
    UnknownVoice,
    VoiceDamaged,
    VoiceNameTaken,
)
from narrator.profiles.bundle import bundle, read_bundle
from narrator.profiles.log import ConsentLog
from narrator.profiles.profile import (
    Voice,
    VoiceProfile,
    check_embedding,
    read_built_in,
    voice_name,
)
from narrator.profiles.records import ConsentFacts, ConsentRecord, Evidence
from narrator.profiles.sealing import KeptTake, KeptVoice, embedding_digest, pack_take
from narrator.profiles.vault import Vault
from narrator.speech import Recording, VoiceEmbedding, VoiceRef

log = logging.getLogger(__name__)

Judge = Callable[..., ConsentRecord]


class _Own(NamedTuple):
    """A voice of the user with the consent that it rests on."""

    kept: KeptVoice
    record: ConsentRecord


class VoiceShelf:
    """The built-in voices below `built_in`, and the user's own in `vault` with their `consents`.

    encoder: gives the fingerprint that a voice must bear to be spoken by the model at hand. Of two
    voices with the same name the built-in one is taken.
    """

    def __init__(
        self, built_in: Path, vault: Vault, consents: ConsentLog, *, encoder: Callable[[], str]
    ) -> None:
        self._built_in = built_in
        self._vault = vault
        self._consents = consents
        self._encoder = encoder

    def names(self) -> tuple[str, ...]:
        """List the installed voices by name, in alphabetical order."""
        return tuple(sorted({*self._homes(), *self._vault.names()}))

    def get(self, name: str) -> VoiceProfile:
        """Give the voice called `name`, also when its consent has expired.

        Raises UnknownVoice, VoiceDamaged, ConsentMissing, ConsentAltered or ConsentRevoked.
        """
        return self._load(name, self._consents.record).profile

    def of_record(self, number: int) -> str | None:
        """Give the name of the voice with that consent record, None when there is none here."""
        return self._vault.name_of(number)

    def embedding(self, voice: VoiceRef) -> VoiceEmbedding:
        """Give the embedding of `voice`; file, consent and log are checked again at each call.

        Raises as `get`, ConsentExpired, and VoiceDamaged when the voice is no longer the one
        referred to.
        """
        profile, embedding = self._load(voice.name, self._consents.verify)
        if profile.ref != voice:
            raise VoiceDamaged(voice.name, "its files have changed meanwhile")
        if profile.is_replica and embedding.encoder != self._encoder():
            raise ConsentAltered(voice.name, "it was given for another voice model")
        return embedding

    def create(
        self,
        title: str,
        *,
        description: str,
        embedding: VoiceEmbedding,
        takes: Sequence[Recording],
        facts: ConsentFacts,
    ) -> VoiceProfile:
        """Keep a new voice and sign the consent to it; `voice_name(title)` becomes its name.

        takes: all recordings that were checked, at any rate. When anything fails, nothing is left.
        Raises VoiceNameTaken, ConsentNotGiven without a take, VoiceDamaged for an embedding that is
        none, FolderNotWritable or DiskFull.
        """
        name = voice_name(title)
        self._check_free(name)
        kept = _kept_takes(takes)
        try:
            check_embedding(embedding)
        except ValueError as error:
            raise VoiceDamaged(name, str(error)) from error
        number = self._vault.new_number()
        try:
            self._vault.erase(name)  # what a killed run has left there
            self._vault.add_takes(name, number, kept)
            with self._vault.writing(name, number, KeptVoice(title, description, embedding)):
                self._consents.append_created(number, facts, _evidence(kept, embedding))
        except BaseException:
            self._vault.destroy_key(number)
            self._vault.erase(name)
            raise
        return self.get(name)

    def renew(self, name: str, *, takes: Sequence[Recording], facts: ConsentFacts) -> VoiceProfile:
        """Renew the consent to a voice, which stays as it is; its older recordings are erased.

        When anything fails, the older ones and the older consent stay. Raises as `get`,
        ConsentNotGiven without a take, FolderNotWritable or DiskFull.
        """
        voice, record = self._own(name, self._consents.record)
        kept = _kept_takes(takes)
        evidence = _evidence(kept, voice.embedding)
        try:
            self._vault.add_takes(name, record.number, kept)
            self._consents.append_renewed(record.number, facts, evidence, voice=name)
        except BaseException:
            self._vault.keep_takes(name, record.evidence.takes)
            raise
        self._vault.keep_takes(name, evidence.takes)
        return self.get(name)

    def rename(self, name: str, title: str) -> VoiceProfile:
        """Call a voice `title`, and by the name that follows from it.

        Raises as `get`, VoiceNameTaken, FolderNotWritable or DiskFull.
        """
        voice, record = self._own(name, self._consents.record)
        other = voice_name(title)
        if other != name:
            self._check_free(other)
            self._vault.rename(name, other)
        self._vault.write(other, record.number, voice._replace(title=title))
        return self.get(other)

    def revoke(self, name: str, *, purge: Callable[[int], object]) -> None:
        """Withdraw the consent to a voice and wipe it: key, embedding, recordings.

        purge: is given the record's number, and deletes what was spoken in this voice
        (Cache.purge). The entry in the log comes first: from then on the voice is silent, in
        exported files and backups too. Interrupted, it can be called again. Raises UnknownVoice,
        FolderNotWritable or DiskFull.
        """
        self._check_own(name)
        number = self._number_here(name)
        if number is not None:
            try:
                self._consents.append_revoked(number, voice=name)
            except (ConsentMissing, ConsentAltered) as error:
                log.warning("a voice without a consent is wiped: %s", type(error).__name__)
            self._vault.destroy_key(number)
            purge(number)
        self._vault.erase(name)

    def export_profile(self, name: str, path: Path) -> None:
        """Write a voice into one file, which this installation alone can read.

        Raises as `get`, FolderNotWritable or DiskFull.
        """
        self._own(name, self._consents.record)
        try:
            content = bundle(self._vault.sealed_parts(name))
        except OSError as error:
            raise VoiceDamaged(name, _reason(error)) from error
        with private_path(path) as temporary:
            temporary.write_bytes(content)

    def import_profile(self, path: Path) -> VoiceProfile:
        """Take back a voice that was exported here; one that is still there is overwritten.

        Raises ProfileFileDamaged when anything in the file is not as it was written, or when this
        installation has no key to it (any more); ConsentMissing, ConsentAltered, ConsentRevoked;
        VoiceNameTaken, FolderNotWritable or DiskFull.
        """
        try:
            number, voice, takes = read_bundle(path, self._vault)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ProfileFileDamaged(path, _reason(error)) from error
        record = self._consents.record(number, voice=voice.title)
        _check_consented(voice, record, voice.title)
        name = self._vault.name_of(number)
        if name is None:
            name = voice_name(voice.title)
            self._check_free(name)
        known = [take for take in takes if take.digest in record.evidence.takes]
        self._vault.add_takes(name, number, known)
        self._vault.write(name, number, voice)
        self._vault.keep_takes(name, record.evidence.takes)
        return self.get(name)

    def _homes(self) -> dict[str, Path]:
        return {path.parent.name: path.parent for path in self._built_in.glob("*/profile.json")}

    def _check_free(self, name: str) -> None:
        if name in self.names():
            raise VoiceNameTaken(name)

    def _load(self, name: str, judge: Judge) -> Voice:
        homes = self._homes()
        if name not in homes:
            voice, record = self._own(name, judge)
            return Voice(_profile(name, voice, record), voice.embedding)
        try:
            return read_built_in(name, homes[name])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise VoiceDamaged(name, _reason(error)) from error

    def _own(self, name: str, judge: Judge) -> _Own:
        self._check_own(name)
        label = self._vault.label(name)
        if label is None:
            raise VoiceDamaged(name, "its seal is broken")
        if not self._vault.is_from_here(label):
            raise ConsentAltered(name, "it was given on another installation")
        record = judge(label.number, voice=name)
        try:
            voice = self._vault.read(name, label)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise VoiceDamaged(name, _reason(error)) from error
        _check_consented(voice, record, name)
        return _Own(voice, record)

    def _number_here(self, name: str) -> int | None:
        """Give the number of a voice; None where it cannot be read or is another's."""
        label = self._vault.label(name)
        return label.number if label and self._vault.is_from_here(label) else None

    def _check_own(self, name: str) -> None:
        if name not in self._vault.names():
            raise UnknownVoice(name, self.names())


def _check_consented(voice: KeptVoice, record: ConsentRecord, name: str) -> None:
    if embedding_digest(voice.embedding) != record.evidence.embedding:
        raise ConsentAltered(name, "the voice is not the one it was given for")


def _profile(name: str, voice: KeptVoice, record: ConsentRecord) -> VoiceProfile:
    """Give the profile; its fingerprint outlives a renewal, which changes no sound."""
    facts = (record.installation, record.number, record.evidence.embedding)
    return VoiceProfile(
        name=name,
        title=voice.title,
        description=voice.description,
        sex="",
        origin=record,
        fingerprint=blake2b(json.dumps(facts).encode(), digest_size=16).hexdigest(),
    )


def _kept_takes(takes: Sequence[Recording]) -> list[KeptTake]:
    if not takes:
        raise ConsentNotGiven
    return [pack_take(take) for take in takes]


def _evidence(takes: Sequence[KeptTake], embedding: VoiceEmbedding) -> Evidence:
    digests = tuple(take.digest for take in takes)
    return Evidence(digests, embedding_digest(embedding), embedding.encoder)


def _reason(error: Exception) -> str:
    match error:
        case OSError(filename=str(path)):
            return f"{Path(path).name}: {error.strerror}"
        case KeyError():
            return f"an entry is missing: {error.args[0]}"
        case json.JSONDecodeError():
            return "a file of it is damaged"
        case _:
            return str(error)
