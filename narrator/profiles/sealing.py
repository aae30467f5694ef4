"""What is kept of the user's voices, as sealed bytes: unreadable once the voice's key is erased.

Sealed: 8 bytes of magic, 8 of the installation, 4 of the record number, 12 of nonce, then AES-256
in Galois/counter mode (NIST SP 800-38D), which also vouches for the label and for what it is.
"""

import base64
import json
import secrets
import zlib
from enum import Enum
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from narrator.audio.resample import resampled
from narrator.audio.watermark.marked import to_pcm
from narrator.profiles.profile import TRAITS
from narrator.speech import Recording, Samples, VoiceEmbedding

MAGIC = b"NARRVOI1"
LABEL_BYTES = 20
NONCE_BYTES = 12
TAKE_RATE = 16_000  # enough to hear and to check again who gave the consent


class Content(Enum):
    """What a seal holds; one cannot pass for another."""

    PROFILE = b"profile"
    TAKE = b"take"


class Label(NamedTuple):
    """What stands on a seal in clear. installation: 16 hex digits. number: of the record."""

    installation: str
    number: int


class KeptVoice(NamedTuple):
    """A voice's words and its sound."""

    title: str
    description: str
    embedding: VoiceEmbedding


class KeptTake(NamedTuple):
    """A recording as it is kept. digest: SHA-256 in hex of its 16-bit samples at 16 kHz."""

    digest: str
    packed: bytes


def seal(content: bytes, what: Content, label: Label, key: bytes) -> bytes:
    """Encrypt `content` under the voice's key."""
    head = MAGIC + bytes.fromhex(label.installation) + label.number.to_bytes(4)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + AESGCM(key).encrypt(nonce, content, head + what.value)


def label_of(sealed: bytes) -> Label | None:
    """Give the label that something sealed begins with; nothing vouches for it yet."""
    if len(sealed) < LABEL_BYTES or not sealed.startswith(MAGIC):
        return None
    return Label(sealed[8:16].hex(), int.from_bytes(sealed[16:LABEL_BYTES]))


def unseal(sealed: bytes, what: Content, key: bytes) -> bytes:
    """Give back what was sealed. Raises ValueError when anything of it was altered."""
    head, nonce = sealed[:LABEL_BYTES], sealed[LABEL_BYTES : LABEL_BYTES + NONCE_BYTES]
    try:
        return AESGCM(key).decrypt(nonce, sealed[LABEL_BYTES + NONCE_BYTES :], head + what.value)
    except (InvalidTag, ValueError) as error:
        raise ValueError("it was altered or damaged") from error


def pack_voice(voice: KeptVoice) -> bytes:
    """Give a voice as JSON."""
    words = {"title": voice.title, "description": voice.description}
    return json.dumps(words | {"embedding": _sound(voice.embedding)}).encode()


def unpack_voice(packed: bytes) -> KeptVoice:
    """Read what `pack_voice` gave. Raises ValueError, KeyError or TypeError."""
    table = json.loads(packed)
    sound = table["embedding"]
    embedding = VoiceEmbedding(
        values=_floats(sound["values"]),
        steering=_floats(sound["steering"]),
        encoder=sound["encoder"],
        **{trait: sound[trait] for trait in TRAITS},
    )
    return KeptVoice(table["title"], table["description"], embedding)


def embedding_digest(embedding: VoiceEmbedding) -> str:
    """Give the SHA-256, in hex, of all that makes the sound: values, steering, traits, encoder."""
    return sha256(json.dumps(_sound(embedding), sort_keys=True).encode()).hexdigest()


def pack_take(recording: Recording) -> KeptTake:
    """Give a recording as 16-bit samples at 16 kHz, compressed without loss."""
    samples = resampled(recording.samples, recording.rate, TAKE_RATE)
    pcm = to_pcm(samples).astype("<i2", copy=False).tobytes()
    return KeptTake(sha256(pcm).hexdigest(), zlib.compress(pcm))


def unpack_take(packed: bytes) -> KeptTake:
    """Give what `pack_take` gave, with its digest counted anew. Raises ValueError."""
    try:
        return KeptTake(sha256(zlib.decompress(packed)).hexdigest(), packed)
    except zlib.error as error:
        raise ValueError("it was altered or damaged") from error


def _sound(embedding: VoiceEmbedding) -> dict[str, Any]:
    return {trait: float(getattr(embedding, trait)) for trait in TRAITS} | {
        "encoder": embedding.encoder,
        "values": _text(embedding.values),
        "steering": _text(embedding.steering),
    }


def _text(values: Samples) -> str:
    return base64.b64encode(values.astype("<f4").tobytes()).decode("ascii")


def _floats(text: str) -> Samples:
    return np.frombuffer(base64.b64decode(text, validate=True), "<f4").astype(np.float32)
