"""One worker as the trusted side holds it: pipes, a pidfd, a budget of time, and the end of it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

from grader.errors import SandboxError, StudentCrashed, StudentTimedOut
from grader.sandbox import unpacking, wire
from grader.sandbox.messages import Reaped
from grader.sandbox.watcher import PERIOD, Limits, Watcher

KEPT_OUTPUT = 64 * 1024
"""Bytes of a worker's output that are kept; the rest is read and dropped."""

OVER = "The time for the whole submission was over before this was done."
"""What is said of what was not done when the platform's time came to its end."""

_CHUNK = 1 << 18

_DYING_SECONDS = 2.0
"""How long a process may take from the end of its pipes to its own."""


@dataclass
class Budget:
    """The time that submitted code may take: CPU seconds, and twice that (and one) by the clock.

    CPU decides; the clock stops what sleeps. The time in which the worker waited for a core is not counted, so
    that a busy machine marks nobody down.
    """

    seconds: float
    cpu: float = 0.0
    wall: float = 0.0
    until: float | None = None
    """The moment, of the monotonic clock, at which all time is over, whatever is left of this."""

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.cpu > self.seconds or self.wall > self.wall_limit or self.over

    @property
    def over(self) -> bool:
        """Whether the time for everything is over."""
        return self.until is not None and time.monotonic() > self.until

    @property
    def wall_limit(self) -> float:
        """Seconds by the clock."""
        return 2 * self.seconds + 1


@dataclass
class Output:
    """What a worker printed: the first KEPT_OUTPUT bytes, and how much there was."""

    kept: bytearray = field(default_factory=bytearray)
    total: int = 0

    def add(self, data: bytes) -> None:
        """Take what was read."""
        self.total += len(data)
        self.kept += data[: max(0, KEPT_OUTPUT - len(self.kept))]


class _Meter:
    """Charges a budget with one exchange: with the main thread's time, in a long one with that of all threads."""

    def __init__(self, watcher: Watcher, budget: Budget) -> None:
        self._watcher = watcher
        self._budget = budget
        self._cpu_before, self._wall_before = budget.cpu, budget.wall
        self._start = time.monotonic()
        self._ran, self._waited = watcher.main_thread()
        self._process_before: float | None = None

    def charge(self) -> float:
        """Charge what the main thread has run since the start, and the time by the clock; returns the former."""
        ran, waited = self._watcher.main_thread()
        cpu, delay = max(0.0, ran - self._ran), max(0.0, waited - self._waited)
        self._budget.cpu = max(self._budget.cpu, self._cpu_before + cpu)
        self._budget.wall = max(self._budget.wall, self._wall_before + time.monotonic() - self._start - delay)
        return cpu

    def charge_threads(self) -> None:
        """Charge what all threads have run; until now, the first time, there was little but the main one's."""
        main, process = self.charge(), self._watcher.cpu()
        if self._process_before is None:
            self._process_before = process - main
        self._budget.cpu = max(self._budget.cpu, self._cpu_before + process - self._process_before)


class WorkerProcess:
    """Sends one request at a time and reads its reply, while it watches limits; after a fault it is dead."""

    def __init__(
        self,
        pid: int,
        pidfd: int,
        pipes: tuple[int, int, int],
        watcher: Watcher,
        limits: Limits,
        reap: Callable[[int], Reaped],
    ) -> None:
        self.pid = pid
        self.output = Output()
        self.alive = True
        self.cpu = 0.0
        self.ready = False
        self._pidfd = pidfd
        self._requests, self._replies, self._capture = pipes
        self._watcher = watcher
        self._limits = limits
        self._reap = reap
        self._reader = wire.FrameReader()
        self._output_mark = 0
        for descriptor in pipes:
            os.set_blocking(descriptor, False)
        self._poll = select.poll()
        self._poll.register(self._replies, select.POLLIN)
        self._poll.register(self._capture, select.POLLIN)

    def wait_ready(self, budget: Budget) -> wire.Ready:
        """Wait for the lockdown; a worker that dies before it is our fault."""
        reply = self._exchange(b"", budget)
        if not isinstance(reply, wire.Ready):
            raise SandboxError("the worker did not say first that it is ready")
        self.ready = True
        return reply

    def request(
        self, message: wire.Request, budget: Budget
    ) -> wire.Loaded | wire.Returned | wire.Raised | unpacking.Unpacked:
        """Send a request and return its reply; raises StudentTimedOut or StudentCrashed, and then it is dead."""
        if not self.alive:
            raise StudentCrashed("the process of the submitted code has ended")
        self._output_mark = self.output.total
        reply = self._exchange(wire.frame(message), budget)
        if isinstance(reply, wire.Ready) or reply.id != message.id or not self._reader.empty:
            self._die("it did not speak the protocol")
        return reply

    def _exchange(self, data: bytes, budget: Budget) -> wire.Reply:
        unsent = memoryview(data)
        meter = _Meter(self._watcher, budget)
        look = time.monotonic() + PERIOD
        while True:
            unsent = self._write(unsent)
            events = self._poll.poll(PERIOD * 1000 if not unsent else 1)
            reply = self._read(dict(events))
            if reply is not None:
                meter.charge()
                return reply
            now = time.monotonic()
            if now >= look:
                look = now + PERIOD
                meter.charge_threads()
                self._enforce(budget)

    def _write(self, unsent: memoryview) -> memoryview:
        while unsent:
            try:
                unsent = unsent[os.write(self._requests, unsent[:65536]) :]
            except BlockingIOError:
                return unsent
            except BrokenPipeError:
                return unsent[:0]
        return unsent

    def _read(self, events: dict[int, int]) -> wire.Reply | None:
        if self._capture in events:
            self._drain()
        if self._replies not in events:
            return None
        with contextlib.suppress(BlockingIOError):
            data = os.read(self._replies, _CHUNK)
            if not data:
                self._die(None)
            self._reader.feed(data)
        try:
            body = self._reader.next()
            return None if body is None else wire.decode_reply(body)
        except wire.WireError:
            self._die("it did not speak the protocol")

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while data := os.read(self._capture, _CHUNK):
                self.output.add(data)
                if self.output.total - self._output_mark > self._limits.output:
                    self._die(f"it printed more than {self._limits.output >> 20} MB")
            self._poll.unregister(self._capture)

    def _enforce(self, budget: Budget) -> None:
        broken = self._watcher.violation()
        if broken is not None:
            self._die(broken[0], out_of_memory=broken[1])
        if budget.spent:
            if not self.ready:
                self._die("it did not get ready")
            self.kill()
            if budget.over:
                raise StudentTimedOut(OVER)
            plural = "" if budget.seconds == 1 else "s"
            raise StudentTimedOut(f"It did not finish within {budget.seconds:g} second{plural}.")

    def _die(self, reason: str | None, *, out_of_memory: bool = False) -> NoReturn:
        """End the worker and say why, in words for the student; None: its pipes have ended, as if by itself.

        It cannot send itself a SIGKILL (`seccomp`). So one that neither we nor its limit of CPU time have sent is no
        fault of the student's: it comes from outside, most likely from a kernel that is out of memory.
        """
        if reason is None and not self._has_ended():
            reason = "it did not speak the protocol"
        if reason is None and self._watcher.out_of_cpu():
            reason = "its limit of CPU time"
        exit_code = self.kill()
        if not self.ready:
            said = bytes(self.output.kept[:500]).decode(errors="replace")
            raise SandboxError(f"a worker could not be locked down: {said or f'exit code {exit_code}'}")
        if reason is None and exit_code == -signal.SIGKILL:
            raise SandboxError(
                "a worker was killed from outside, most likely as this machine ran out of memory; "
                "grade with fewer --jobs, or with more memory"
            )
        raise StudentCrashed(f"The process was ended: {reason or _words(exit_code)}.", out_of_memory=out_of_memory)

    def _has_ended(self) -> bool:
        """Tell a process that is dead, or about to be, from one that has closed its pipes and lives on."""
        end = select.poll()
        end.register(self._pidfd, select.POLLIN)
        return bool(end.poll(_DYING_SECONDS * 1000))

    def kill(self) -> int:
        """End the worker at once, whatever it does; returns its exit code. Nothing of it is left."""
        if not self.alive:
            return 0
        self.alive = False
        try:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            reaped = self._reap(self.pid)
            self.cpu = reaped.cpu
            with contextlib.suppress(OSError):
                while self.output.total < KEPT_OUTPUT and (data := os.read(self._capture, _CHUNK)):
                    self.output.add(data)
        finally:
            self._watcher.close()
            for descriptor in (self._requests, self._replies, self._capture, self._pidfd):
                os.close(descriptor)
        return reaped.exit_code


def _words(exit_code: int) -> str:
    if exit_code >= 0:
        return f"it left with exit code {exit_code}"
    names = {
        signal.SIGSEGV: "a segmentation fault",
        signal.SIGXCPU: "its limit of CPU time",
        signal.SIGXFSZ: "its limit on the size of a file",
        signal.SIGSYS: "a system call that is not allowed",
        signal.SIGABRT: "an abort",
    }
    number = -exit_code
    return names.get(signal.Signals(number), f"signal {number}") if number < 65 else f"signal {number}"
