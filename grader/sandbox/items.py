"""How many items a MessagePack body holds, counted without building any of them."""

from __future__ import annotations

_LENGTH_BYTES = {
    0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4, 0xC7: 2, 0xC8: 3, 0xC9: 5,
}  # fmt: skip
"""MessagePack's binaries, strings and extensions: bytes between the first and the content, extension type too."""

_WIDTH = {
    **{0xA0 + length: length for length in range(32)},
    0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8, 0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8, 0xCA: 4, 0xCB: 8,
    0xD4: 2, 0xD5: 3, 0xD6: 5, 0xD7: 9, 0xD8: 17, 0xDC: 2, 0xDD: 4, 0xDE: 2, 0xDF: 4,
}  # fmt: skip
"""Bytes that follow the first, for all others that have any; what a list or a map holds is counted as it comes."""


def more_than(most: int, body: bytes | bytearray | memoryview) -> bool:
    """Walk over a body and say whether it holds more; one that is malformed is left to the decoder."""
    place, items, end = 0, 0, len(body)
    if end <= most:
        return False
    while place < end:
        items += 1
        if items > most:
            return True
        first = body[place]
        place += 1
        if first in _LENGTH_BYTES:
            width = _LENGTH_BYTES[first]
            extension = 0xC7 <= first <= 0xC9
            place += width + int.from_bytes(body[place : place + width - extension], "big")
        else:
            place += _WIDTH.get(first, 0)
    return False
