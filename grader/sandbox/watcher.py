"""What the trusted side sees of a worker from outside: memory, threads, CPU, disk. The worker is never asked."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096  # a laptop may import this, and not use it
_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100

PERIOD = 0.02
"""Seconds between two looks at memory: at 20 ms the worst overshoot measured was 2 %."""

_DISK_PERIOD = 0.2

_COUNTED = 0.7
"""The share of the CPU time at which the kernel ends a process that /proc shows at least: there it is sampled."""


@dataclass(frozen=True)
class Limits:
    """What a worker may use; bytes, seconds, counts."""

    memory: int = 2 << 30
    disk: int = 64 << 20
    disk_entries: int = 2000
    output: int = 64 << 20
    threads: int = 64
    cpu_seconds: int = 900


class Watcher:
    """Looks at one worker through /proc, with descriptors opened once."""

    def __init__(self, pid: int, scratch: Path, limits: Limits) -> None:
        self._limits = limits
        self._scratch = scratch
        self._pid = pid
        self._statm = os.open(f"/proc/{pid}/statm", os.O_RDONLY | os.O_CLOEXEC)
        try:
            self._stat = os.open(f"/proc/{pid}/stat", os.O_RDONLY | os.O_CLOEXEC)
            self._schedule = _open_if_there(f"/proc/{pid}/schedstat")
        except OSError:
            os.close(self._statm)
            raise
        self._disk_due = 0.0
        self._base = self._resident()
        self._base_size, self._base_entries, _ = self._disk(most=1 << 30)

    def cpu(self) -> float:
        """CPU seconds that the worker has used so far; 0 once it is gone."""
        try:
            fields = os.pread(self._stat, 1024, 0).rpartition(b")")[2].split()
        except ProcessLookupError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / _TICK

    def main_thread(self) -> tuple[float, float]:
        """Seconds that its main thread has run, and that it was ready to run and got no core.

        Where the kernel does not count them: the CPU of the whole process, and 0.
        """
        if self._schedule is None:
            return self.cpu(), 0.0
        try:
            ran, waited, _ = os.pread(self._schedule, 128, 0).split()
        except (ProcessLookupError, ValueError):  # it is gone
            return 0.0, 0.0
        return int(ran) / 1e9, int(waited) / 1e9

    def out_of_cpu(self) -> bool:
        """Say, of a worker that has ended, whether it was at its limit of CPU time, which it may have lowered."""
        limits = Path(f"/proc/{self._pid}/limits").read_text().splitlines()
        hard = next(line for line in limits if line.startswith("Max cpu time")).split()[4]
        return hard != "unlimited" and self.cpu() >= _COUNTED * int(hard)

    def violation(self) -> tuple[str, bool] | None:
        """Say which limit is broken, and whether it is memory; None when all is well."""
        try:
            if self._resident() - self._base > self._limits.memory:
                return f"it used more than {self._limits.memory >> 20} MB of memory", True
            if self._threads() > self._limits.threads * 2:
                return f"it started more than {self._limits.threads * 2} threads", False
        except ProcessLookupError:
            return None
        now = time.monotonic()
        if now >= self._disk_due:
            self._disk_due = now + _DISK_PERIOD
            return self._disk_violation()
        return None

    def _resident(self) -> int:
        return int(os.pread(self._statm, 128, 0).split()[1]) * _PAGE

    def _threads(self) -> int:
        return int(os.pread(self._stat, 1024, 0).rpartition(b")")[2].split()[17])

    def _disk_violation(self) -> tuple[str, bool] | None:
        size, entries, open_to_us = self._disk(self._base_entries + self._limits.disk_entries)
        if entries > self._base_entries + self._limits.disk_entries:
            return f"it made more than {self._limits.disk_entries} files", False
        if size > self._base_size + self._limits.disk:
            return f"it wrote more than {self._limits.disk >> 20} MB to disk", False
        return None if open_to_us else ("it made folders that cannot be looked into", False)

    def _disk(self, most: int) -> tuple[int, int, bool]:
        """Count bytes and entries of the scratch directory, up to `most` entries; whether all could be seen.

        Not recursive, as submitted code chooses the depth; and what lies too deep for a path is not hidden by it.
        """
        size = entries = 0
        open_to_us = True
        folders = [str(self._scratch)]
        while folders and entries <= most:
            try:
                with os.scandir(folders.pop()) as found:
                    for entry in found:
                        entries += 1
                        if entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
                        else:
                            size += _allocated(entry)
                        if entries > most:
                            break
            except (FileNotFoundError, NotADirectoryError):  # it has just been removed
                continue
            except OSError:
                open_to_us = False
        return size, entries, open_to_us

    def close(self) -> None:
        """Let go of the descriptors."""
        os.close(self._statm)
        os.close(self._stat)
        if self._schedule is not None:
            os.close(self._schedule)


def _allocated(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_blocks * 512
    except FileNotFoundError:  # it has just been removed
        return 0


def _open_if_there(path: str) -> int | None:
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
