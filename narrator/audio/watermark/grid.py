"""The grid of the watermark: its cells, its keys, and the sign that each cell gets.

Mark format 1, for 24 kHz mono. A chip is one slot (100 ms) in one band; 54 chips stand side by
side, and the public pattern repeats after 256 slots. 60 % of the chips are public (anyone may find
them), 40 % are private and carry the payload under the key of this installation. Nothing here may
change without a new format: marked files would no longer be found.
"""

from enum import Enum
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from numpy.typing import NDArray

from narrator.speech import HOP, SAMPLE_RATE

FORMAT = 1
FRAME = 1200  # 50 ms: bins of 20 Hz, fine enough to part 100 Hz bands
SLOT_FRAMES = 8
SLOT = SLOT_FRAMES * HOP  # 2,400 samples, 100 ms
SLOTS_PER_SECOND = SAMPLE_RATE // SLOT
EDGES = np.concatenate([np.arange(13, 204, 5), np.arange(213, 364, 10)])  # bins; 260 to 7,260 Hz
BANDS = len(EDGES) - 1
PERIOD = 256  # slots, 25.6 s
CHIPS = PERIOD * BANDS
PUBLIC_CHIPS = 8_294  # 60 %
PRIVATE_PERIODS = 64  # 27 min: averaging one recording does not soon show the private pattern
CODED_BITS = 224
KEY_BYTES = 32
PUBLIC_KEY = sha256(b"narrator/watermark/public/1").digest()

Signs = NDArray[np.int8]


class VoiceKind(Enum):
    """Whose voice it is: made for the program, or the likeness of a consenting person."""

    STOCK = "stock"
    REPLICA = "replica"

    @classmethod
    def of_voice(cls, number: int) -> "VoiceKind":
        """Give the kind of a voice by the number of its consent record; 0 is a built-in voice."""
        return cls.REPLICA if number else cls.STOCK


class Layout(NamedTuple):
    """Which chip does what. public: bool (256, 54). coded_bit: int16 (256, 54), -1 where public."""

    public: NDArray[np.bool_]
    coded_bit: NDArray[np.int16]


def stream(key: bytes, label: str, length: int) -> bytes:
    """Give `length` pseudo-random bytes that `key` and `label` decide.

    Source: RFC 5869 (HKDF, no salt) and RFC 8439 (ChaCha20, counter and nonce zero).
    """
    derived = HKDF(SHA256(), length=32, salt=None, info=label.encode("ascii")).derive(key)
    return Cipher(ChaCha20(derived, bytes(16)), mode=None).encryptor().update(bytes(length))


def signs(key: bytes, label: str, slots: int) -> Signs:
    """Give one sign per chip, +1 or -1, shape (slots, 54): bit 0 of the stream is +1."""
    octets = np.frombuffer(stream(key, label, slots * BANDS // 8), dtype=np.uint8)
    bits = np.unpackbits(octets, bitorder="little")
    chips = (1 - 2 * bits.astype(np.int8)).reshape(slots, BANDS)
    chips.setflags(write=False)
    return chips


@lru_cache
def public_signs(kind: VoiceKind) -> Signs:
    """Give the published pattern of a kind of voice, (256, 54); only its public chips are used."""
    return signs(PUBLIC_KEY, f"public-{kind.value}", PERIOD)


@lru_cache(maxsize=2)
def private_signs(key: bytes) -> Signs:
    """Give the pattern of one installation, (16384, 54); only its private chips are used."""
    return signs(key, "private", PRIVATE_PERIODS * PERIOD)


@lru_cache
def layout() -> Layout:
    """Give the role of every chip of a period, by the order of 13,824 published words."""
    words = np.frombuffer(stream(PUBLIC_KEY, "layout", 8 * CHIPS), dtype="<u8")
    order = np.argsort(words, kind="stable")
    coded_bit = np.full(CHIPS, -1, dtype=np.int16)
    private = order[PUBLIC_CHIPS:]
    coded_bit[private] = np.arange(len(private)) % CODED_BITS
    cells = coded_bit.reshape(PERIOD, BANDS)
    return Layout(cells < 0, cells)


def chips_to_write(
    kind: VoiceKind, key: bytes, coded: NDArray[np.uint8], first_slot: int, slots: int
) -> Signs:
    """Give the sign of every chip of a block, (slots, 54), both layers together.

    key: of this installation. coded: the 224 coded bits of the payload. first_slot: the absolute
    slot that the block begins with.
    """
    slot = first_slot + np.arange(slots)
    bit = layout().coded_bit[slot % PERIOD]
    public = public_signs(kind)[slot % PERIOD]
    private = private_signs(key)[slot % (PRIVATE_PERIODS * PERIOD)]
    codeword = (1 - 2 * coded.astype(np.int8))[bit]
    return np.where(bit < 0, public, private * codeword)
