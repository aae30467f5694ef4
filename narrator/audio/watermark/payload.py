"""The 32 bits a mark carries: guarded by a checksum, spread by a convolutional code, read softly.

32 bits and their CRC-16 become 224 coded bits; the decoder weighs the evidence for each of them
instead of deciding it early, which is what lets a mark be read from noisy sound.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PAYLOAD_BITS = 32
WEEK_BITS = 12  # the low ones, kept for the week in which a project was begun; 0 until then
LAST_VOICE = (1 << PAYLOAD_BITS - WEEK_BITS) - 1
CRC_BITS = 16
MEMORY = 8  # zeros after the message bring the encoder back to state 0
GENERATORS = (0o463, 0o535, 0o733, 0o745)  # constraint length 9, rate 1/4
STEPS = PAYLOAD_BITS + CRC_BITS + MEMORY
STATES = 1 << MEMORY

Bits = NDArray[np.uint8]


class Trellis(NamedTuple):
    """The encoder as a machine of 256 states, seen from the state it comes to.

    before: int (256, 2), the two states that lead here. expects: float32 (256, 2, 4), the coded
    signs on the way: +1 for bit 0, -1 for bit 1. The bit put in is the lowest bit of the state come
    to.
    """

    before: NDArray[np.intp]
    expects: NDArray[np.float32]


def payload_of_voice(number: int) -> int:
    """Give the payload that tells a voice's consent record; 0 is a built-in voice.

    Raises ValueError when the number does not fit 20 bits.
    """
    if not 0 <= number <= LAST_VOICE:
        raise ValueError(f"voices are numbered up to {LAST_VOICE}, {number} does not fit")
    return number << WEEK_BITS


def voice_of_payload(payload: int) -> int:
    """Give the number of the consent record that a payload tells; 0 is a built-in voice."""
    return payload >> WEEK_BITS


def crc16(message: bytes) -> int:
    """Give the CRC-16/CCITT-FALSE: polynomial 1021h, start FFFFh, highest bit first."""
    remainder = 0xFFFF
    for octet in message:
        remainder ^= octet << 8
        for _ in range(8):
            carry = remainder & 0x8000
            remainder = (remainder << 1) & 0xFFFF ^ (0x1021 if carry else 0)
    return remainder


@lru_cache(maxsize=16)
def encode(payload: int) -> Bits:
    """Give the 224 coded bits of a payload of 32 bits, highest bit first.

    Raises ValueError when the payload does not fit 32 bits.
    """
    if not 0 <= payload < 1 << PAYLOAD_BITS:
        raise ValueError(f"a payload has {PAYLOAD_BITS} bits, {payload} does not fit")
    message = payload.to_bytes(PAYLOAD_BITS // 8, "big")
    message += crc16(message).to_bytes(CRC_BITS // 8, "big")
    register = 0
    coded = []
    for bit in [*np.unpackbits(np.frombuffer(message, dtype=np.uint8)).tolist(), *[0] * MEMORY]:
        register = (register << 1 | bit) & (2 * STATES - 1)
        coded += [(register & generator).bit_count() & 1 for generator in GENERATORS]
    bits = np.array(coded, dtype=np.uint8)
    bits.setflags(write=False)
    return bits


@lru_cache
def _trellis() -> Trellis:
    state = np.arange(STATES)
    before = np.stack([state >> 1, state >> 1 | STATES >> 1], axis=1)
    register = before << 1 | (state & 1)[:, None]
    parity = np.stack([np.bitwise_count(register & g) & 1 for g in GENERATORS], axis=2)
    return Trellis(before, (1 - 2 * parity.astype(np.float32)))


def decode(evidence: NDArray[np.floating]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Give the likeliest payload of each row of evidence, and whether its checksum holds.

    evidence: (rows, 224), above 0 where a coded bit looks like 0; its size is the certainty.
    Returns the payloads (rows,) and the checks (rows,).
    Source: Viterbi 1967, soft decisions; the path begins and ends in state 0.
    """
    trellis = _trellis()
    rows = len(evidence)
    steps = np.asarray(evidence, dtype=np.float32).reshape(rows, STEPS, len(GENERATORS))
    score = np.full((rows, STATES), -np.inf, dtype=np.float32)
    score[:, 0] = 0
    came_from = np.empty((STEPS, rows, STATES), dtype=np.intp)
    for step in range(STEPS):
        gains = np.einsum("rg,swg->rsw", steps[:, step], trellis.expects)
        paths = score[:, trellis.before] + gains  # (rows, states, 2)
        if step >= STEPS - MEMORY:
            paths[:, 1::2] = -np.inf  # only zeros go in at the end
        better = np.argmax(paths, axis=2)
        score = np.take_along_axis(paths, better[..., None], axis=2)[..., 0]
        came_from[step] = trellis.before[np.arange(STATES), better]
    return _read_back(came_from)


def _read_back(
    came_from: NDArray[np.intp],
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    rows = came_from.shape[1]
    state = np.zeros(rows, dtype=np.intp)
    message = np.zeros(rows, dtype=np.int64)
    for step in reversed(range(STEPS)):
        if step < PAYLOAD_BITS + CRC_BITS:
            message |= (state & 1) << (PAYLOAD_BITS + CRC_BITS - 1 - step)
        state = came_from[step, np.arange(rows), state]
    payloads = message >> CRC_BITS
    checks = [
        crc16(int(payload).to_bytes(4, "big")) == int(word) & 0xFFFF
        for payload, word in zip(payloads, message, strict=True)
    ]
    return payloads, np.array(checks, dtype=np.bool_)
