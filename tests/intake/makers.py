"""Archives for tests, made in memory: right ones, and such as no program would write."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from collections.abc import Iterable, Mapping

RIGHT = b"def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"


def zipped(files: Mapping[str, bytes] | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files as a zip; pairs may name one twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files.items() if isinstance(files, Mapping) else files:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, data)
    return made.getvalue()


def member(
    name: str, data: bytes = b"", kind: bytes = tarfile.REGTYPE, link: str = ""
) -> tuple[tarfile.TarInfo, bytes]:
    """Make a member of a tar, of any type."""
    info = tarfile.TarInfo(name)
    info.type, info.size, info.linkname = kind, len(data), link
    return info, data


def tarred(*members: tuple[tarfile.TarInfo, bytes], packed: str = "") -> bytes:
    """Pack members as a tar, compressed as `gz`, `bz2` or `xz` where that is asked for."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=f"w:{packed}") as archive:  # type: ignore[call-overload]  # the mode is made
        for info, data in members:
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def right_tar(packed: str = "", *more: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """Pack a right answer, and more beside it."""
    return tarred(member("mini.py", RIGHT), *more, packed=packed)


def linked_zip() -> bytes:
    """Pack a right answer and a symbolic link to a file that everybody has."""
    made = io.BytesIO(zipped({"mini.py": RIGHT}))
    with zipfile.ZipFile(made, "a") as archive:
        info = zipfile.ZipInfo("passwords.txt")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, b"/etc/passwd")
    return made.getvalue()


def flagged(data: bytes, flag: int = 0x1) -> bytes:
    """Set a flag of a zip's only member, in both its headers: 1 says that it is encrypted."""
    changed = bytearray(data)
    for start, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[data.index(start) + place] |= flag
    return bytes(changed)


def resized(data: bytes, size: int) -> bytes:
    """Let a zip say that its only member unpacks to another size than it does."""
    changed = bytearray(data)
    for start, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", changed, data.index(start) + place, size)
    return bytes(changed)


def directory_alone(count: int) -> bytes:
    """Make a zip that lists many files and holds none of them."""
    fixed = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 20, 0, 0, 0, 0, 33, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0)
    entries = b"".join(fixed + b"%08d" % number for number in range(count))
    return entries + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(entries), 0, 0)


def many_in_a_tar(count: int) -> bytes:
    """Make a compressed tar of many empty files."""
    header = tarfile.TarInfo("00000000.txt").tobuf()
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz", compresslevel=1) as archive:
        assert archive.fileobj is not None
        for number in range(count):
            archive.fileobj.write(_renamed(header, b"%08d" % number))
    return made.getvalue()


def _renamed(header: bytes, name: bytes) -> bytes:
    """Put eight other letters at the start of a header, and the sum that fits."""
    total = int(header[148:154], 8) - sum(header[:8]) + sum(name)
    return name + header[8:148] + b"%06o\0 " % total + header[156:]
