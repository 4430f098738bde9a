"""What a worker could leave behind on a machine, as it is seen from outside: compared before and after a run."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.sandbox.uids import UIDS

SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue")  # noqa: S108 - where anybody may write
THEIRS = set(UIDS) if os.geteuid() == 0 else {os.geteuid()}
"""The users that workers are."""

_OURS = ("grade-", "pytest-", "torchinductor_")
"""What this user's own programs leave at the top of a shared directory; as root, workers are other users."""


def look() -> set[str]:
    """List processes, files, System V objects and abstract sockets that may be a worker's, each in words."""
    return {*_processes(), *_files(), *_system_v(), *_sockets()}


def _processes() -> Iterator[str]:
    """List the processes of workers' own users, whatever their parent is, and all that have become our children."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            facts = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
        except (FileNotFoundError, ProcessLookupError):
            continue
        theirs = os.geteuid() == 0 and bool(THEIRS & {int(uid) for uid in facts["Uid"].split()})
        if theirs or int(facts["PPid"]) == os.getpid():
            yield f"process {facts['Pid']} ({facts['Name']}, {facts['State']}) of {facts['Uid'].split()[0]}"


def _files() -> Iterator[str]:
    for top in (*SHARED, str(Path.home())):
        deep = top in SHARED and os.geteuid() == 0
        for folder, folders, names in os.walk(top):
            found = set()
            for name in (*folders, *names):
                path = os.path.join(folder, name)  # noqa: PTH118 - a name may be anything
                if _owner(path) in THEIRS and (deep or not name.startswith(_OURS)):
                    found.add(name)
                    yield f"file {path!r}"
            folders[:] = [name for name in folders if deep and name not in found]  # theirs may lie thousands deep


def _owner(path: str) -> int | None:
    try:
        return os.lstat(path).st_uid
    except OSError:
        return None


def _system_v() -> Iterator[str]:
    """List shared memory, semaphores and message queues, which outlive the process that made them."""
    for kind in ("shm", "sem", "msg"):
        header, *rows = (line.split() for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines())
        for row in rows:
            facts = dict(zip(header, row, strict=False))
            if {int(facts["uid"]), int(facts["cuid"])} & THEIRS:
                yield f"{kind} {row[1]}"


def _sockets() -> Iterator[str]:
    for line in Path("/proc/net/unix").read_text(errors="replace").splitlines():
        if "@" in line:
            yield f"socket @{line.partition('@')[2]}"


def left_since(before: set[str], *, seconds: float = 15.0) -> set[str]:
    """Say what has come since and stays; what others do on this machine meanwhile goes again."""
    end = time.monotonic() + seconds
    left = look() - before
    while left and time.monotonic() < end:
        time.sleep(0.2)
        left &= look()
    return left


@contextmanager
def orphans_come_to_us() -> Iterator[None]:
    """Become the parent of every descendant whose own parent ends, so that none can hide behind another."""
    pr_set_child_subreaper = 36
    library = ctypes.CDLL(None)
    library.prctl(pr_set_child_subreaper, 1, 0, 0, 0)
    try:
        yield
    finally:
        library.prctl(pr_set_child_subreaper, 0, 0, 0, 0)
