"""Archives that were handed in: unpacked by a worker, checked anew, and written below a private directory.

The bytes of an archive are parsed in a locked-down worker alone. What comes back is what it claims: names and
sizes are held to the same rules as those of a folder before anything is written, and no name leads out.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader.errors import Rejected, SandboxError, StudentFault, UsageError
from grader.intake.look import alike_sentence, count_sentence, depth_sentence, fitting, inner_name
from grader.sandbox import forks, unpacking, wire
from grader.sandbox.host import NurseryHandle, Sandbox, remove_tree
from grader.sandbox.process import Budget, WorkerProcess
from grader.sandbox.unpacking import MAX_ENTRIES, Entry
from grader.sandbox.watcher import Limits as WorkerLimits
from grader.submission import ARCHIVES_NOT_READ, Limits, display_text, read_regular, size_sentence, total_sentence

_SECONDS = 20.0
"""CPU seconds that the archive of one submission may take, and for each further 100 MB as much again."""

_SPARE_BYTES = 512 << 20
"""What a worker may use besides the files that it holds."""

_TRIES = 2
_FILE = "archive"
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC

Unpack = Callable[[Path, Limits, bool], Path]
"""Unpacks an archive, and says where; the last argument is whether it is one student's. Raises `Rejected`."""


class NotRead(Rejected):
    """Turn down an archive of a kind that is not read."""


def none_here(path: Path, _limits: Limits, _single: bool) -> Path:
    """Refuse archives, where there is no worker to unpack them."""
    raise UsageError(f"{display_text(str(path))}: archives are not read here: unpack it and give the folder.")


@contextmanager
def unpacker(handle: NurseryHandle) -> Iterator[Unpack]:
    """Unpack with workers of this nursery; what was unpacked is there until the end of the block."""
    with forks.uninterrupted():
        made = _Unpacker(handle)
        try:
            with forks.interruptible():
                yield made.unpack
        finally:
            made.remove()


@dataclass
class _Unpacker:
    handle: NurseryHandle
    base: Path | None = None
    count: int = 0

    def unpack(self, path: Path, limits: Limits, single: bool) -> Path:
        called = display_text(path.name)
        if path.name.lower().endswith(ARCHIVES_NOT_READ):
            raise NotRead(f"{called} is no archive of a kind that is read; hand in a .zip or a .tar.gz.")
        data = read_regular(path, called, Limits(max_file_bytes=limits.max_total_bytes))
        place = self._place()
        for left in reversed(range(_TRIES)):
            try:
                return self._unpack(data, called, limits, place, single)
            except SandboxError:  # most likely a machine out of memory, which is nobody's fault
                remove_tree(place)
                if not left:
                    raise
        raise AssertionError

    def _unpack(self, data: bytes, called: str, limits: Limits, place: Path, single: bool) -> Path:
        seconds = _SECONDS * (1 + limits.max_total_bytes // 100_000_000)
        memory = limits.max_total_bytes + _SPARE_BYTES
        with forks.uninterrupted():
            worker = Sandbox(self.handle, WorkerLimits(memory=memory, cpu_seconds=int(2 * seconds) + 5)).open(
                {_FILE: data}
            )
            try:
                with forks.interruptible():
                    return _Parcel(worker, Budget(seconds), called, limits).write(place, single)
            except StudentFault as error:
                said = error.message[:1].lower() + error.message[1:]
                raise Rejected(f"{called} cannot be unpacked: {said}") from None
            finally:
                worker.kill()

    def _place(self) -> Path:
        """Name a new folder in a directory of our own, which is made for the first archive."""
        if self.base is None:
            with forks.uninterrupted():
                self.base = Path(tempfile.mkdtemp(prefix="grade-"))
        self.count += 1
        return self.base / str(self.count)

    def remove(self) -> None:
        if self.base is not None:
            remove_tree(self.base)


@dataclass
class _Parcel:
    """One archive in the hands of a worker, which is not believed."""

    worker: WorkerProcess
    budget: Budget
    called: str
    limits: Limits
    _number: int = 0

    def write(self, place: Path, single: bool) -> Path:
        """Have it unpacked, and write its files."""
        limits = self.limits
        reply = self._ask(
            lambda number: unpacking.Unpack(
                number, _FILE, self.called, min(limits.max_files, MAX_ENTRIES), limits.max_file_bytes,
                limits.max_total_bytes, limits.max_depth, limits.max_name,
            )
        )  # fmt: skip
        if not isinstance(reply, unpacking.Unpacked):
            raise self._nonsense()
        names = paths_of(reply.entries, limits, self.called)
        place.mkdir(mode=0o700)
        paths = _without_wrapper(names) if single else names
        for number, (parts, entry) in enumerate(zip(paths, reply.entries, strict=True)):
            self._write(place, parts, number, entry.size)
        return place

    def _write(self, place: Path, parts: Sequence[str], number: int, size: int) -> None:
        path = place.joinpath(*parts)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(path, _CREATE, 0o600), "wb") as file:
                while (start := file.tell()) < size:
                    file.write(self._part(number, start, size))
        except FileExistsError:
            raise Rejected(alike_sentence("/".join(parts))) from None

    def _part(self, number: int, start: int, size: int) -> bytes:
        reply = self._ask(lambda request: unpacking.Take(request, number, start))
        if not isinstance(reply, wire.Returned) or not isinstance(reply.value, wire.Bytes):
            raise self._nonsense()
        data = reply.value.data
        if not 0 < len(data) <= size - start:
            raise self._nonsense()
        return data

    def _ask(self, build: Callable[[int], wire.Request]) -> wire.Reply:
        self._number += 1
        reply = self.worker.request(build(self._number), self.budget)
        if isinstance(reply, wire.Raised):
            if not reply.rejected:
                raise self._nonsense()
            said = display_text(reply.message)[:500]
            raise NotRead(said) if reply.type_name == NotRead.__name__ else Rejected(said)
        return reply

    def _nonsense(self) -> Rejected:
        return Rejected(f"{self.called} cannot be unpacked: the process that reads it did not speak the protocol.")


def paths_of(entries: Sequence[Entry], limits: Limits, called: str) -> list[tuple[str, ...]]:
    """Turn what a worker says of an archive into relative paths, by the rules for folders; raises `Rejected`."""
    if len(entries) > limits.max_files:
        raise Rejected(count_sentence(limits))
    paths: list[tuple[str, ...]] = []
    known: set[str] = set()
    folders: set[tuple[str, ...]] = set()
    for entry in entries:
        parts = entry.name.split("/")
        if {"", ".", ".."} & set(parts):
            raise Rejected(f"{called} holds a name that leads out of the archive.")
        path = tuple(inner_name(part, limits) for part in parts)
        name = fitting("/".join(path))
        if len(path) - 1 > limits.max_depth:
            raise Rejected(depth_sentence(limits))
        if name in known:
            raise Rejected(alike_sentence(name))
        if entry.size > limits.max_file_bytes:
            raise Rejected(size_sentence(name, entry.size, limits))
        known.add(name)
        folders |= {path[:depth] for depth in range(1, len(path))}
        paths.append(path)
    if both := folders & set(paths):
        raise Rejected(alike_sentence("/".join(min(both))))
    if (total := sum(entry.size for entry in entries)) > limits.max_total_bytes:
        raise Rejected(total_sentence(total, limits))
    return paths


def _without_wrapper(paths: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Leave out every folder that all lies in, as an archive of a folder has one."""
    while len({path[0] for path in paths}) == 1 and all(len(path) > 1 for path in paths):
        paths = [path[1:] for path in paths]
    return paths
