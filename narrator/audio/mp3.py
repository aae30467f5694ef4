"""The frame that opens an MP3 file and lets players leave out what the encoder added at both ends.

Source: ISO/IEC 11172-3, 2.4.1 (frame header); LAME's "Mp3 Info Tag revision 1" (the tag inside it).
"""

import struct

FRAME_SAMPLES = 1152
ENCODER_DELAY = 576  # samples that LAME puts before the first
KBPS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # header index 1 to 14
RATES = (
    44_100,
    48_000,
    32_000,
)  # header index 0 to 2; lower rates are MPEG-2 and stop at 160 kbit/s
SIDE_INFORMATION = 17  # bytes, mono
CONSTANT_RATE = 0x01  # tag revision 0, method "constant bit rate"
LIMIT = 4095  # of the two 12-bit fields


def frame_bytes(kbps: int, rate: int) -> int:
    """Give the length of a frame without padding; ValueError when MP3 has no such rate."""
    if kbps not in KBPS or rate not in RATES:
        raise ValueError(f"MPEG-1 layer III has no {kbps} kbit/s at {rate} Hz")
    return FRAME_SAMPLES // 8 * kbps * 1000 // rate


def info_frame(*, samples: int, stream_bytes: int, kbps: int, rate: int) -> bytes:
    """Give the Info frame of a mono stream at constant bit rate.

    samples: of the sound that was encoded. stream_bytes: of the frames that follow. Decoders take
    from it how many samples to drop, so that the decoded sound is as long as the source.
    """
    length = frame_bytes(kbps, rate)
    frames = round(stream_bytes * 8 * rate / (FRAME_SAMPLES * kbps * 1000))
    padding = min(max(frames * FRAME_SAMPLES - ENCODER_DELAY - samples, 0), LIMIT)
    header = struct.pack(
        ">4B",
        0xFF,
        0xFB,  # MPEG-1, layer III, no checksum
        (KBPS.index(kbps) + 1) << 4 | RATES.index(rate) << 2,
        0xC0,  # mono
    )
    contents = bytes(256 * percent // 100 for percent in range(100))  # linear: constant bit rate
    tag = struct.pack(">4sIII100sI", b"Info", 0x0F, frames, stream_bytes + length, contents, 0)
    lame = struct.pack(
        ">9sBB8sBB3sBBHIH",
        b"LAME3.100",
        CONSTANT_RATE,
        0,  # low-pass: not stated
        bytes(8),  # peak and replay gain: not stated
        0,
        min(kbps, 255),
        (ENCODER_DELAY << 12 | padding).to_bytes(3),
        0,
        0,
        0,
        stream_bytes + length,
        0,  # checksum of the music: not stated
    )
    start = header + bytes(SIDE_INFORMATION) + tag + lame
    return (start + _checksum(start).to_bytes(2)).ljust(length, b"\0")


def _checksum(data: bytes) -> int:
    """CRC-16 with the polynomial 0x8005, least significant bit first, from 0."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
