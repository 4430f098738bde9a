"""The trusted end of the sandbox: a nursery, and the workers it is asked for."""

from __future__ import annotations

import contextlib
import functools
import itertools
import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import BelowFloorError, SandboxError
from grader.sandbox import leftovers, lockdown, messages, privacy, remedies, reserve
from grader.sandbox.process import Budget, WorkerProcess
from grader.sandbox.uids import UIDS
from grader.sandbox.watcher import Limits, Watcher

SANDBOX_OFF = (
    "the sandbox is off: submitted code runs with your rights, on your files and your network; "
    "turn it off for files that you trust, and for those alone"
)
"""What whoever runs without layers is told, each time."""

_START_SECONDS = 30.0
_ANSWER_SECONDS = 60.0


@dataclass(frozen=True)
class NurseryHandle:
    """A running nursery: the channel to it, where its workers' scratch directories lie, the layers in force."""

    channel: socket.socket
    scratch_base: Path
    layers: tuple[str, ...]
    pid: int
    pidfd: int
    uids: range = UIDS


def choose_layers(mode: str, *, mask: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Choose the layers of a run: all that the machine gives (`auto`), all or refuse (`strict`), none (`off`)."""
    if mode == "off":
        return ()
    given = lockdown.available(mask=mask)
    refused = (remedies.strict_refusal if mode == "strict" else remedies.refusal)(given)
    if refused is not None:
        raise BelowFloorError(refused)
    return given


def start_nursery(
    layers: tuple[str, ...],
    *,
    hidden: Sequence[Path] = (),
    uids: range = UIDS,
    source: reserve.Reserve | None = None,
) -> NurseryHandle:
    """Fork a nursery from this process, which must be warm, single-threaded and hold no secret, or from the reserve.

    To be called uninterrupted, until the handle is where it will be stopped from. `hidden` names what no worker
    may read; SandboxError where it lies in a place that workers do read, or where only its mode could hide it.
    """
    roots = lockdown.read_roots()
    lockdown.assert_hidden([str(path) for path in hidden], roots)
    if layers and not {"namespaces", "landlock"} & set(layers):
        privacy.assert_private(hidden)
    base = Path(tempfile.mkdtemp(prefix="grade-"))
    base.chmod(0o711)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        with theirs:
            wanted = reserve.Wanted(roots, str(base), frozenset(layers))
            pid, pidfd = reserve.fork(wanted, theirs) if source is None else source.fork(wanted, theirs)
    except BaseException:
        ours.close()
        base.rmdir()
        raise
    handle = NurseryHandle(ours, base, layers, pid, pidfd, uids)
    ours.settimeout(_START_SECONDS)
    try:
        answer, _ = _receive(ours)
        if not isinstance(answer, messages.Standing):
            raise SandboxError(f"the nursery did not start: {answer}")
    except BaseException:  # an interrupt too must leave nothing behind
        stop_nursery(handle)
        raise
    ours.settimeout(_ANSWER_SECONDS)
    return handle


def stop_nursery(handle: NurseryHandle) -> None:
    """End a nursery and every worker of it, and remove what they wrote."""
    handle.channel.close()
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(handle.pidfd, signal.SIGKILL)  # it may wait for something; its workers die with it
    ended = select.poll()
    ended.register(handle.pidfd, select.POLLIN)
    ended.poll()
    with contextlib.suppress(ChildProcessError):  # it has been waited for, or is a child of the reserve's
        os.waitid(os.P_PIDFD, handle.pidfd, os.WEXITED)
    os.close(handle.pidfd)
    remove_tree(handle.scratch_base)
    if leftovers.possible(handle.layers):
        leftovers.remove(handle.uids)


def layers_in_force(layers: tuple[str, ...]) -> tuple[str, ...]:
    """List what stands between a worker and the rest, the watcher on our side included."""
    return (*layers, "watcher")


def _send(channel: socket.socket, order: messages.Order, descriptors: Sequence[int] = ()) -> None:
    try:
        socket.send_fds(channel, [messages.encode(order)], descriptors)
    except OSError:
        raise SandboxError("the nursery has ended") from None


def _receive(channel: socket.socket) -> tuple[messages.Answer, list[int]]:
    """Take an answer and the descriptors that come along; a nursery that gives none in time is given up."""
    try:
        data, descriptors, _, _ = socket.recv_fds(channel, messages.MAX_MESSAGE, 1)
    except OSError as error:
        channel.close()  # an answer that came late would be taken for that to the next order
        why = "does not answer" if isinstance(error, TimeoutError) else "has ended"
        raise SandboxError(f"the nursery {why}") from None
    if not data:
        raise SandboxError("the nursery has ended")
    answer: messages.Answer = messages.answers.decode(data)
    if isinstance(answer, messages.Broken):
        raise SandboxError(answer.message)
    return answer, descriptors


class Sandbox:
    """Opens workers, one after the other, each in a scratch directory and under a user id of its own."""

    def __init__(self, handle: NurseryHandle, limits: Limits) -> None:
        self.layers = layers_in_force(handle.layers)
        self._handle = handle
        self._limits = limits
        self._numbers = itertools.count(int.from_bytes(os.urandom(2), "little"))
        self._channel = handle.channel
        self._tidies = leftovers.possible(handle.layers)
        if self._tidies:
            leftovers.open_places()  # now: what submitted code makes is not among them

    def clear(self) -> None:
        """Kill every worker that an earlier owner of this nursery has left."""
        token = int.from_bytes(os.urandom(7), "little")
        _send(self._channel, messages.Clear(token))
        answer: messages.Answer | None = None
        while answer != messages.Cleared(token):  # the owner may have died before it took an answer
            answer, descriptors = _receive(self._channel)
            _close(descriptors)
        for path in self._handle.scratch_base.iterdir():
            remove_tree(path)
        if self._tidies:
            leftovers.remove(self._handle.uids)

    def open(self, files: Mapping[str, bytes]) -> WorkerProcess:
        """Start a locked-down worker whose working directory holds `files`; it has run nothing yet."""
        return self._start(files, None)[0]

    def probe(self, planted: tuple[str, ...]) -> tuple[str, ...]:
        """Let a worker try every probe on what was planted, and return those that succeeded."""
        worker, found = self._start({}, planted)
        worker.kill()
        return found

    def _start(
        self, files: Mapping[str, bytes], planted: tuple[str, ...] | None
    ) -> tuple[WorkerProcess, tuple[str, ...]]:
        number = next(self._numbers)
        uids = self._handle.uids
        uid = uids[number % len(uids)] if "setuid" in self.layers else None
        scratch = self._scratch(number, files, uid)
        order = messages.Spawn(
            str(scratch), uid, self._limits.memory, self._limits.cpu_seconds,
            self._limits.disk, self._limits.threads, planted,
        )  # fmt: skip
        worker = self._spawn(order, scratch)
        return worker, worker.wait_ready(Budget(_START_SECONDS)).probes

    def _scratch(self, number: int, files: Mapping[str, bytes], uid: int | None) -> Path:
        scratch = self._handle.scratch_base / f"w{number}"
        (scratch / "work").mkdir(parents=True)
        (scratch / "home").mkdir()
        for name, data in files.items():
            path = scratch / "work" / name
            if not Path(os.path.normpath(path)).is_relative_to(scratch / "work"):
                raise SandboxError(f"a file for a worker lies outside its directory: {name!r}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if uid is not None:
            for path in (scratch, *scratch.rglob("*")):
                os.chown(path, uid, uid, follow_symlinks=False)
        scratch.chmod(0o700)
        return scratch

    def _spawn(self, order: messages.Spawn, scratch: Path) -> WorkerProcess:
        theirs_in, requests = os.pipe2(os.O_CLOEXEC)
        replies, theirs_out = os.pipe2(os.O_CLOEXEC)
        capture, theirs_capture = os.pipe2(os.O_CLOEXEC)
        ours = (requests, replies, capture)
        try:
            try:
                _send(self._channel, order, (theirs_in, theirs_out, theirs_capture))
            finally:
                _close((theirs_in, theirs_out, theirs_capture))
            answer, descriptors = _receive(self._channel)
            if not isinstance(answer, messages.Spawned) or len(descriptors) != 1:
                raise SandboxError(f"the nursery did not fork a worker: {answer}")
        except SandboxError:
            _close(ours)
            raise
        watcher = Watcher(answer.pid, scratch, self._limits)
        return WorkerProcess(
            answer.pid, descriptors[0], ours, watcher, self._limits, functools.partial(self._reap, scratch, order.uid)
        )

    def _reap(self, scratch: Path, uid: int | None, pid: int) -> messages.Reaped:
        _send(self._channel, messages.Reap(pid))
        answer, _ = _receive(self._channel)
        if not isinstance(answer, messages.Reaped):
            raise SandboxError(f"the nursery did not reap a worker: {answer}")
        remove_tree(scratch)
        if self._tidies and uid is not None:
            leftovers.remove({uid})
        return answer


def _close(descriptors: Iterable[int]) -> None:
    for descriptor in descriptors:
        os.close(descriptor)


def remove_tree(path: Path) -> None:
    """Remove a directory that hostile code wrote in; thousands of nested directories exhaust shutil's recursion."""
    try:
        shutil.rmtree(path)
    except FileNotFoundError:
        return
    except (RecursionError, OSError):  # too deep, or folders without the right to look inside
        subprocess.run(["chmod", "-R", "u+rwX", "--", str(path)], check=False, stderr=subprocess.DEVNULL)  # noqa: S603, S607 - our own directory
        subprocess.run(["rm", "-rf", "--", str(path)], check=False)  # noqa: S603, S607 - our own directory
