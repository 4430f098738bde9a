"""What is fuzzed: seeds, and a function that takes bytes and may only end in the ways that are named here."""

from __future__ import annotations

import contextlib
import io
import json
import random
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from unicodedata import category

import msgspec

from grader import notebook
from grader.errors import Rejected
from grader.intake.archives import paths_of
from grader.sandbox import archives, unpacking, values, wire
from grader.submission import Limits
from tests.intake.makers import RIGHT, linked_zip, member, right_tar, zipped

LIMITS = Limits(max_file_bytes=100_000, max_total_bytes=300_000, max_files=50, max_depth=5, max_name=100)
WANTED = unpacking.Unpack(1, "archive", "ann.zip", 50, 100_000, 300_000, 5, 100)


@dataclass(frozen=True)
class Target:
    """Bytes to begin with, what reads them, and what it may say of them."""

    seeds: Sequence[bytes]
    read: Callable[[bytes], object]
    expected: tuple[type[Exception], ...]


_BREAKING = {"Cc", "Cs", "Zl", "Zp"}
"""Characters that end a line, control a terminal or are half of one."""


def read_archive(data: bytes) -> None:
    """Unpack as a worker does, and check what it says as the trusted side does."""
    files = archives.unpack(io.BytesIO(data), WANTED)
    assert sum(len(content) for _, content in files) <= LIMITS.max_total_bytes
    assert all(len(content) <= LIMITS.max_file_bytes for _, content in files)
    entries = tuple(unpacking.Entry(name, len(content)) for name, content in files)
    reply = wire.decode_reply(msgspec.msgpack.encode(unpacking.Unpacked(1, entries)))
    assert isinstance(reply, unpacking.Unpacked)
    for path in paths_of(reply.entries, LIMITS, "ann.zip"):
        assert all("/" not in part and part.strip(".") and not _BREAKING & set(map(category, part)) for part in path)


def read_message(data: bytes) -> None:
    """Decode as a reply and as a request, and the values in them."""
    with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):  # it comes from our own side
        wire.decode_request(data)
    reply = wire.decode_reply(data)
    if isinstance(reply, wire.Returned):
        values.decode(reply.value, lambda value: value)


def _notebooks() -> list[bytes]:
    code: dict[str, object] = {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
        "source": ["x = 1\n", "y"],
    }
    text = {"cell_type": "markdown", "metadata": {}, "source": "# Title"}
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    new = {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": [code | {"id": "a"}, text]}
    old_cell = {"cell_type": "code", "input": "x = 1", "outputs": [], "language": "python", "collapsed": False}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [old_cell]}]}
    return [json.dumps(one).encode() for one in (new, new | {"nbformat_minor": 2, "cells": [code]}, old)]


def _archives() -> list[bytes]:
    files = {"mini.py": RIGHT, "data/points.csv": b"1, 2\n" * 100, "\u00fc.txt": b""}
    links = (
        member("up", kind=tarfile.SYMTYPE, link="/etc"),
        member("./" * 60 + "n"),
        member("\u00fc" * 40, b"x" * 600),
    )
    sparse = member("sparse", bytes(512), kind=tarfile.GNUTYPE_SPARSE)
    packed = [right_tar(kind, *links) for kind in ("", "gz", "bz2", "xz")]
    return [*packed, right_tar("", sparse), linked_zip(), *(zipped(files, method) for method in (0, 8, 12, 14))]


def _messages() -> list[bytes]:
    tensor = wire.Tensor("float32", (2, 1), bytes(8), requires_grad=True)
    deep: wire.Value = 1
    for _ in range(10):
        deep = wire.ListValue((deep, wire.DictValue((("k", wire.TupleValue((1.5, True, None))),))))
    messages: list[wire.Reply | wire.Request] = [
        wire.Ready(("a",)),
        wire.Loaded(1, ("f", "Net"), (wire.CellFault(3, None, "NameError", "x", "y = x"),)),
        wire.Returned(2, deep, (wire.Bytes(b"\0\xff"), wire.Handle(1, "module", "Net"), wire.Opaque("set"))),
        wire.Returned(3, tensor),
        wire.Raised(4, "ValueError", "no", (wire.Frame("a.py", 3, "f", "raise"),)),
        unpacking.Unpacked(5, (unpacking.Entry("a/b.py", 3),)),
        wire.Call(6, wire.Name("f"), (wire.Spec("nn.Tanh", {}), tensor), {"x": 1}),
        WANTED,
        unpacking.Take(7, 1, 0),
    ]
    return [msgspec.msgpack.encode(message) for message in messages]


TARGETS: dict[str, Callable[[], Target]] = {
    "archives": lambda: Target(_archives(), read_archive, (Rejected,)),
    "notebooks": lambda: Target(_notebooks(), notebook.parse, (Rejected,)),
    "wire": lambda: Target(_messages(), read_message, (wire.WireError,)),
}

_ODD = (
    b"\0",
    b"\xff",
    b"\x7f\xff\xff\xff",
    b"\x80",
    b"../",
    b"/",
    b"\\",
    b"\n",
    b"9" * 30,
    b"[" * 50,
    b'"',
    b"-1",
    b"\xdd\xff",
)


def mutated(seeds: Sequence[bytes], random_: random.Random) -> bytes:
    """Change a seed a few times: bits, bytes, runs; cut, repeat, and mix with another."""
    data = bytearray(random_.choice(seeds))
    for _ in range(random_.choice((1, 1, 2, 4, 8))):
        place = random_.randrange(len(data) + 1)
        length = random_.choice((1, 2, 4, 16, 512))
        match random_.randrange(7):
            case 0 if place < len(data):
                data[place] ^= 1 << random_.randrange(8)
            case 1:
                data[place : place + length] = random_.randbytes(length)
            case 2:
                data[place : place + random_.choice((0, 1, 4))] = random_.choice(_ODD)
            case 3:
                del data[place : place + length]
            case 4:
                data[place:place] = data[place : place + length] * random_.choice((1, 2, 20))
            case 5:
                other = random_.choice(seeds)
                start = random_.randrange(len(other) + 1)
                data[place : place + length] = other[start : start + length]
            case _:
                del data[len(data) - random_.randrange(1 + len(data) // 4) :]
    return bytes(data)
