"""Messages between our own processes: MessagePack structs, each behind its length, over a blocking pipe."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Any, TypeVar

import msgspec

Message = TypeVar("Message")

_LENGTH = struct.Struct("<I")


def send(descriptor: int, message: msgspec.Struct | msgspec.Raw) -> None:
    """Write one message, or one that is encoded already."""
    body = msgspec.msgpack.encode(message, enc_hook=os.fsencode)
    data = memoryview(_LENGTH.pack(len(body)) + body)
    while data:
        data = data[os.write(descriptor, data) :]


def receive(descriptor: int, kind: type[Message]) -> Message | None:
    """Read one message of a kind (a union will do); None at the end of the pipe."""
    header = _exactly(descriptor, _LENGTH.size)
    if header is None:
        return None
    body = _exactly(descriptor, _LENGTH.unpack(header)[0])
    return None if body is None else msgspec.msgpack.decode(body, type=kind, dec_hook=_path)


def _path(_: type[Any], data: bytes) -> Path:
    """Read what alone among our types MessagePack does not know; its name may be no valid Unicode."""
    return Path(os.fsdecode(data))


def _exactly(descriptor: int, count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        data = os.read(descriptor, count - len(parts))
        if not data:
            return None
        parts += data
    return bytes(parts)
