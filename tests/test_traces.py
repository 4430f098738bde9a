"""The look for traces sees each kind of thing that a worker could leave: a blind one would find nothing, always."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.sandbox.uids import UIDS
from tests.traces import left_since, look, orphans_come_to_us

pytestmark = pytest.mark.alone

IPC_PRIVATE, IPC_RMID = 0, 0


@pytest.fixture
def daemon() -> Iterator[Callable[[Callable[[], object]], int]]:
    """Do something in an orphan of a worker's user, which lives on; all are ended after the test."""
    pids: list[int] = []

    def start(act: Callable[[], object]) -> int:
        reader, writer = os.pipe()
        middle = os.fork()
        if middle == 0:
            if os.fork() == 0:
                os.setsid()
                if os.geteuid() == 0:
                    os.setresuid(UIDS[0], UIDS[0], UIDS[0])
                act()
                os.write(writer, f"{os.getpid()}\n".encode())
                signal.pause()
            os._exit(0)
        os.waitpid(middle, 0)
        pids.append(int(os.read(reader, 100)))
        os.close(reader)
        os.close(writer)
        return pids[-1]

    with orphans_come_to_us():
        yield start
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def test_an_orphan_is_seen(daemon: Callable[[Callable[[], object]], int]) -> None:
    """A process in a session of its own, whose parent has ended, is found."""
    before = look()
    pid = daemon(lambda: None)

    # Others may run workers on this machine meanwhile: the other half of `make test` does.
    assert ["process", str(pid)] in [found.split()[:2] for found in left_since(before, seconds=0.5)]


@pytest.mark.parametrize("place", ["/tmp", "/var/tmp", "/dev/shm"])  # noqa: S108 - where anybody may write
def test_a_file_is_seen(daemon: Callable[[Callable[[], object]], int], place: str) -> None:
    """A file in a directory where anybody may write is found, whatever its name."""
    path = Path(place) / f"trace.{os.getpid()}"
    before = look()
    daemon(path.touch)

    try:
        assert f"file {str(path)!r}" in left_since(before, seconds=0.5)
    finally:
        path.unlink()


@pytest.mark.parametrize(("kind", "arguments"), [("shm", (4096, 0o600)), ("sem", (1, 0o600)), ("msg", (0o600,))])
def test_a_system_v_object_is_seen(
    daemon: Callable[[Callable[[], object]], int], kind: str, arguments: tuple[int, ...]
) -> None:
    """What outlives every process is found."""
    library = ctypes.CDLL(None)
    before = look()
    daemon(lambda: getattr(library, f"{kind}get")(IPC_PRIVATE, *arguments))

    found = [trace for trace in left_since(before, seconds=0.5) if trace.startswith(kind)]
    for trace in found:
        number = int(trace.split()[1])
        getattr(library, f"{kind}ctl")(number, *((0, IPC_RMID) if kind == "sem" else (IPC_RMID, None)))
    assert len(found) == 1


def test_an_abstract_socket_is_seen(daemon: Callable[[Callable[[], object]], int]) -> None:
    """A socket that is bound to a name without a file is found."""
    held: list[socket.socket] = []

    def bind() -> None:
        held.append(socket.socket(socket.AF_UNIX))
        held[0].bind(f"\0trace.{os.getppid()}")

    before = look()
    daemon(bind)

    assert [trace for trace in left_since(before, seconds=0.5) if trace.startswith("socket @trace.")]
