"""The process that a nursery is forked from when another has died: a copy of `grade` from before it knew anything.

`grade` itself cannot be forked for that any more: it holds the names of students, their results and what hidden
checks have said, and all of it would lie in the memory of every worker. So this copy is taken beside the first
nurseries; it does nothing else, and costs what a fork costs.

    Wanted + the nursery's end of its channel -> Forked + a pidfd
"""

from __future__ import annotations

import array
import os
import signal
import socket
from pathlib import Path
from typing import NoReturn

import msgspec

from grader.errors import SandboxError
from grader.sandbox import forks, messages, nursery

_ANSWER_SECONDS = 30.0


class Wanted(msgspec.Struct, frozen=True):
    """What a nursery is started with, besides its channel."""

    read_roots: tuple[str, ...]
    scratch_base: str
    layers: frozenset[str]


class Forked(msgspec.Struct, frozen=True):
    """The process id of a nursery; its pidfd comes along."""

    pid: int


class Reserve:
    """The trusted end: asks for one nursery after the other."""

    def __init__(self) -> None:
        """Fork the reserve from this process, which must be warm, single-threaded and hold no secret."""
        self.channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.channel.settimeout(_ANSWER_SECONDS)
        self._pid = forks.fork(lambda: _serve(theirs))
        theirs.close()

    def fork(self, wanted: Wanted, channel: socket.socket) -> tuple[int, int]:
        """Have a nursery forked that serves a channel; returns its pid and a pidfd."""
        try:
            socket.send_fds(self.channel, [msgspec.msgpack.encode(wanted)], [channel.fileno()])
            data, descriptors, _, _ = socket.recv_fds(self.channel, messages.MAX_MESSAGE, 1)
        except OSError:
            data, descriptors = b"", []
        if not data or len(descriptors) != 1:
            raise SandboxError("the process that nurseries are forked from has ended")
        return msgspec.msgpack.decode(data, type=Forked).pid, descriptors[0]

    def close(self) -> None:
        """End it, and every nursery that it has forked."""
        self.channel.close()
        os.kill(self._pid, signal.SIGKILL)  # a child of ours that was not waited for: the pid is its own
        os.waitpid(self._pid, 0)


def _serve(channel: socket.socket) -> NoReturn:
    """Be the reserve until the other end is closed."""
    forks.step_back(channel.fileno())
    while True:
        data, descriptors, _, _ = socket.recv_fds(channel, messages.MAX_MESSAGE, 1)
        if not data:
            os._exit(0)
        with socket.socket(fileno=descriptors[0]) as theirs:
            pid, pidfd = fork(msgspec.msgpack.decode(data, type=Wanted), theirs)
        # It is never waited for: its pid must not go to another process while the trusted side has it in hand.
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [pidfd]))]
        channel.sendmsg([msgspec.msgpack.encode(Forked(pid))], rights)
        os.close(pidfd)


def fork(wanted: Wanted, channel: socket.socket) -> tuple[int, int]:
    """Fork a nursery from this process; returns its pid and a pidfd."""
    if len(list(Path("/proc/self/task").iterdir())) != 1:
        raise SandboxError("this process has several threads, and a fork of it could hang")
    pid = forks.fork(lambda: nursery.serve(channel, wanted.read_roots, wanted.scratch_base, wanted.layers))
    return pid, os.pidfd_open(pid)
