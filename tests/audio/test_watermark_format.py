"""The mark's format never changes: marked files must be found by every later version."""

import numpy as np
import pytest

from narrator.audio.watermark.grid import (
    BANDS,
    EDGES,
    PERIOD,
    PUBLIC_KEY,
    VoiceKind,
    chips_to_write,
    layout,
    private_signs,
    public_signs,
    stream,
)
from narrator.audio.watermark.payload import (
    LAST_VOICE,
    crc16,
    decode,
    encode,
    payload_of_voice,
    voice_of_payload,
)

KEY = bytes(range(32))
RECORD_5_WEEK_47 = 0x0000502F


def test_the_public_key_is_the_published_one():
    assert PUBLIC_KEY.hex() == "bddffafc54bf41e781b4a34d780bdd2f4a7e9a261897d880809ebd54c0cf448e"


@pytest.mark.parametrize(
    ("label", "start"),
    [
        ("layout", "a865bf268bc685b10c92bc97ea665651"),
        ("public-stock", "159836bf0b20e0e497a0e5b64a189ed2"),
        ("public-replica", "1097d6ac51d852715a094f30c7c855ee"),
    ],
)
def test_the_public_streams_are_the_published_ones(label, start):
    assert stream(PUBLIC_KEY, label, 16).hex() == start


def test_the_first_chips_of_the_stock_pattern_are_the_published_ones():
    signs = "".join("+" if sign > 0 else "-" for sign in public_signs(VoiceKind.STOCK)[0, :16])
    assert signs == "-+-+-++++++--++-"


def test_the_roles_of_the_first_slot_are_the_published_ones():
    roles = layout()
    assert "".join("P" if public else "x" for public in roles.public[0, :20]) == (
        "xPxxxxPPxxPPPxxxPxxx"
    )
    coded = roles.coded_bit[0]
    assert coded[coded >= 0][:8].tolist() == [113, 2, 175, 131, 23, 163, 178, 24]
    assert int(roles.public.sum()) == 8_294


def test_the_bands_lie_between_260_and_7260_hertz():
    assert (BANDS, EDGES[0] * 20, EDGES[38] * 20, EDGES[-1] * 20) == (54, 260, 4060, 7260)


def test_the_checksum_is_crc_16_ccitt_false():
    assert crc16(b"123456789") == 0x29B1
    assert crc16(RECORD_5_WEEK_47.to_bytes(4, "big")) == 0x5FF2


def test_a_payload_has_the_published_codeword():
    assert np.packbits(encode(RECORD_5_WEEK_47)).tobytes().hex() == (
        "00000000000000000faacbf9a8c5a3ef08391530295a5f567d2673f0"
    )


@pytest.mark.parametrize("payload", [0, 1, RECORD_5_WEEK_47, 0xFFFFFFFF])
def test_a_payload_is_read_from_noisy_evidence(payload):
    noise = np.random.default_rng(payload).normal(0, 0.8, 224)
    payloads, checks = decode((1.0 - 2.0 * encode(payload) + noise)[None])
    assert (payloads.tolist(), checks.tolist()) == ([payload], [True])


def test_evidence_of_pure_chance_fails_the_checksum():
    evidence = np.random.default_rng(1).normal(0, 1, (64, 224))
    assert decode(evidence)[1].sum() <= 1  # 64 chances of 1 in 65,536


def test_a_payload_tells_the_record_of_a_voice_in_its_high_bits():
    assert payload_of_voice(5) == RECORD_5_WEEK_47 & ~0xFFF
    assert voice_of_payload(RECORD_5_WEEK_47) == 5
    assert payload_of_voice(LAST_VOICE) == 0xFFFFF000
    assert payload_of_voice(0) == 0
    for number in (-1, LAST_VOICE + 1):
        with pytest.raises(ValueError, match="numbered"):
            payload_of_voice(number)


@pytest.mark.parametrize("payload", [-1, 1 << 32])
def test_a_payload_that_does_not_fit_is_refused(payload):
    with pytest.raises(ValueError, match="32 bits"):
        encode(payload)


def test_a_block_continues_the_pattern_of_the_slot_it_begins_with():
    whole = chips_to_write(VoiceKind.STOCK, KEY, encode(7), 250, 20)
    late = chips_to_write(VoiceKind.STOCK, KEY, encode(7), 260, 10)
    assert np.array_equal(whole[10:], late)


def test_the_key_changes_only_the_private_chips():
    mine, other = (
        chips_to_write(VoiceKind.STOCK, key, encode(7), 0, PERIOD) for key in (KEY, bytes(32))
    )
    public = layout().public
    assert np.array_equal(mine[public], other[public])
    assert 0.45 < np.mean(mine[~public] != other[~public]) < 0.55


def test_the_private_pattern_does_not_repeat_within_27_minutes():
    signs = private_signs(KEY)
    assert signs.shape == (64 * PERIOD, BANDS)
    assert not np.array_equal(signs[:PERIOD], signs[PERIOD : 2 * PERIOD])
