"""What an archive holds, read in a worker: the formats are intricate, and so are the bytes of whoever wants out.

A kind is told by its content. Nothing is believed that the archive says of itself: files are read in pieces and
counted as they come, and the first that is over a limit ends it. What the folder walk skips is skipped here too:
links, devices, pipes and leftovers. An archive in an archive is a file like any other.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import stat
import tarfile
import zipfile
from collections.abc import Iterator
from typing import IO, cast

from grader.errors import Rejected
from grader.sandbox import unpacking
from grader.sandbox.clutter import is_leftover

_CHUNK = 1 << 16
_SMALL_CHUNK = 1 << 12
"""Bytes of a zip's member that are unpacked at a time where Python's decompressor does not bound what comes out."""

_MOST_HEADER = 1 << 18
"""Bytes that are read at once of a tar: its headers are all far smaller."""

_SKIPPED_TIMES = 20
"""An archive may hold this many times as many entries as are taken, if the rest are leftovers."""

_DIRECTORY_ENTRY = 256
"""Bytes of an entry in a zip's directory, the name included; zipfile reads the directory at once."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_DRIVE = re.compile(r"[A-Za-z]:(/|$)")
_OTHERS = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
}


class NotRead(Rejected):
    """Turn down what is no archive of a kind that is read."""


class _Damaged(Exception):  # noqa: N818 - it becomes a rejection
    """Say that an archive contradicts itself."""


def unpack(source: IO[bytes], wanted: unpacking.Unpack) -> list[tuple[str, bytes]]:
    """Read all that is handed in, by name; raises Rejected, and nothing else, with a sentence for the student."""
    found = _Found(wanted)
    try:
        for name, stream, chunk in _members(source, found):
            found.take(name, stream, chunk)
    except Rejected:
        raise
    except MemoryError:
        raise Rejected(f"{wanted.called} takes too much memory to be unpacked; pack just your answer.") from None
    except NotImplementedError:
        raise Rejected(f"{wanted.called} is packed in a way that is not read; pack it again as a plain .zip.") from None
    except Exception as error:  # zipfile and tarfile have no one error for what is damaged
        raise Rejected(f"{wanted.called} is damaged and cannot be unpacked; pack it again.") from error
    return list(found.files.items())


class _Found:
    """The files of one archive as they are read, and the limits that they must keep."""

    def __init__(self, wanted: unpacking.Unpack) -> None:
        self.files: dict[str, bytes] = {}
        self.wanted = wanted
        self._entries = 0
        self._all = 0
        self._total = 0

    @property
    def most_entries(self) -> int:
        """How many entries are looked at, leftovers included."""
        return self.wanted.max_files * _SKIPPED_TIMES

    def name(self, raw: str) -> str | None:
        """Make an entry's name a relative path; None for what is left aside."""
        self._all += 1
        if self._all > self.most_entries:
            raise Rejected(
                f"{self.wanted.called} holds more than {self.most_entries} files; leave out venv and the like."
            )
        text = _SURROGATE.sub("\ufffd", raw)
        parts = [part for part in text.split("/") if part not in ("", ".")]
        if text.startswith("/") or ".." in parts or _DRIVE.match(text):
            raise Rejected(
                f"{self.wanted.called} holds a name that leads out of the archive ({text[:100]}); "
                "pack it again from inside the folder of your answer."
            )
        if not parts or any(map(is_leftover, parts)):
            return None
        self._entries += 1
        if self._entries > self.wanted.max_files:
            raise self.too_many()
        longest = max(len(part.encode()) for part in parts)
        if longest > self.wanted.max_name:
            most = self.wanted.max_name
            raise Rejected(f"A file's name is too long: it has {longest} bytes, and at most {most} are taken.")
        if len(parts) - 1 > self.wanted.max_depth:
            most = self.wanted.max_depth
            raise Rejected(f"Folders lie more than {most} deep in each other; at most that many are taken.")
        if sum(len(part.encode()) + 1 for part in parts) > unpacking.MAX_PATH:
            raise Rejected("Folders lie too deep in each other for the file system.")
        return "/".join(parts)

    def take(self, name: str, stream: IO[bytes], chunk: int) -> None:
        """Read a file, up to the limits."""
        if name in self.files:
            raise Rejected(f"{self.wanted.called} holds two files of the same name: {name[:100]}.")
        size, parts = 0, []
        while data := stream.read(chunk):
            size += len(data)
            if size > self.wanted.max_file_bytes:
                most = f"{self.wanted.max_file_bytes / 1e6:g} MB"
                raise Rejected(f"{name[:100]} is too large: at most {most} are taken of one file.")
            if self._total + size > self.wanted.max_total_bytes:
                raise self.too_large()
            parts.append(data)
        self._total += size
        self.files[name] = b"".join(parts)

    def too_many(self) -> Rejected:
        """Say that there are too many entries."""
        return Rejected(f"There are more than {self.wanted.max_files} files and folders; at most that many are taken.")

    def too_large(self) -> Rejected:
        """Say that all files together are too large."""
        most = f"{self.wanted.max_total_bytes / 1e6:g} MB"
        return Rejected(f"The files of {self.wanted.called} are too large together: at most {most} are taken.")


def _members(source: IO[bytes], found: _Found) -> Iterator[tuple[str, IO[bytes], int]]:
    """Open the files of an archive of whatever kind, one after the other: a name, its bytes, how many at a time."""
    head = source.read(tarfile.BLOCKSIZE)
    source.seek(0)
    match head[:2]:
        case b"\x1f\x8b":
            return _of_tar(cast("IO[bytes]", gzip.GzipFile(fileobj=source)), found, packed=True)
        case b"BZ":
            return _of_tar(cast("IO[bytes]", bz2.BZ2File(source)), found, packed=True)
        case b"\xfd7":
            return _of_tar(cast("IO[bytes]", lzma.LZMAFile(source)), found, packed=True)
    if _is_tar(head):
        return _of_tar(source, found, packed=False)
    if head[:2] == b"PK" or zipfile.is_zipfile(source):
        return _of_zip(source, found)
    raise _not_read(head, found.wanted.called)


def _not_read(head: bytes, called: str) -> NotRead:
    kind = next((f" ({kind})" for start, kind in _OTHERS.items() if head.startswith(start)), "")
    return NotRead(f"{called} is no archive of a kind that is read{kind}; hand in a .zip or a .tar.gz.")


def _of_zip(source: IO[bytes], found: _Found) -> Iterator[tuple[str, IO[bytes], int]]:
    with zipfile.ZipFile(cast("IO[bytes]", _Bounded(source, found))) as archive:
        listed = [(info, found.name(_zip_name(info))) for info in archive.infolist()]
        for info, name in listed:
            kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == _UNIX else 0
            if name is None or info.is_dir() or _zip_name(info).endswith("/") or kind not in (0, stat.S_IFREG):
                continue
            if info.flag_bits & _ENCRYPTED:
                raise Rejected(f"{found.wanted.called} is protected by a password; hand it in without one.")
            with archive.open(info) as stream:
                bounded = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
                yield name, stream, _CHUNK if bounded else _SMALL_CHUNK


_UNIX, _ENCRYPTED, _UTF8 = 3, 0x1, 0x800


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Read a name as it was meant: many programs write UTF-8 and do not say so, old ones write backslashes."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode()
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


class _Bounded(io.RawIOBase):
    """A file of which no more is read at once than a directory of as many entries takes as are looked at."""

    def __init__(self, source: IO[bytes], found: _Found) -> None:
        self._source, self._found = source, found
        self._most = max(1 << 20, found.most_entries * _DIRECTORY_ENTRY)

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read this many bytes, or all that are left."""
        if size > self._most:
            raise self._found.too_many()
        data = self._source.read(self._most + 1 if size < 0 else size)
        if len(data) > self._most:
            raise _Damaged
        return data

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place."""
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        """Say where that is."""
        return self._source.tell()


def _is_tar(head: bytes) -> bool:
    """Tell a tar by its first header; one without any entry is zeros alone."""
    if len(head) == tarfile.BLOCKSIZE and not head.strip(b"\0"):
        return True
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def _of_tar(source: IO[bytes], found: _Found, *, packed: bool) -> Iterator[tuple[str, IO[bytes], int]]:
    stream = _Forward(source, found)
    if packed:
        head = stream.peek()
        if not _is_tar(head):
            raise _not_read(b"", found.wanted.called)
    with tarfile.open(
        fileobj=cast("IO[bytes]", stream), mode="r:", encoding="utf-8", errors="surrogateescape"
    ) as archive:
        while (member := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # else it keeps them all
            name = found.name(member.name)
            if name is None or not member.isreg():
                continue
            file = archive.extractfile(member)
            assert file is not None
            yield name, file, _CHUNK
        if stream.last.strip(b"\0"):  # tarfile takes a damaged header for the end
            raise _Damaged
        stream.finish()


class _Forward:
    """The bytes of a tar, read once from the start to the end: none twice, and no more than a limit of them."""

    def __init__(self, source: IO[bytes], found: _Found) -> None:
        self.last = b""
        self._source, self._found = source, found
        self._place = 0
        self._ahead = b""
        self._most = found.wanted.max_total_bytes * _SKIPPED_TIMES

    def peek(self) -> bytes:
        """Look at the first block."""
        self._ahead = self._source.read(tarfile.BLOCKSIZE)
        return self._ahead

    def read(self, size: int) -> bytes:
        """Read this many bytes, or up to the end."""
        if not 0 <= size <= _MOST_HEADER:
            raise _Damaged
        ahead, self._ahead = self._ahead[:size], self._ahead[size:]
        self.last = ahead + self._source.read(size - len(ahead))
        self._place += len(self.last)
        if self._place > self._most:
            raise self._found.too_large()
        return self.last

    def seek(self, place: int) -> None:
        """Go on to a place, by reading."""
        if place < self._place:
            raise _Damaged
        while place > self._place and self.read(min(_CHUNK, place - self._place)):
            pass

    def tell(self) -> int:
        """Say how much was read."""
        return self._place

    def finish(self) -> None:
        """Read the rest, so that a checksum is compared."""
        while self.read(_CHUNK):
            pass
