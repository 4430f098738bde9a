"""One submission under judgement: its worker, started anew when it has died, and the time it may take."""

from __future__ import annotations

import contextlib
import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec

from grader.checks.text import clean
from grader.checks.transcript import Transcript
from grader.errors import (
    CheckFailed,
    Rejected,
    SandboxError,
    StudentCrashed,
    StudentFault,
    StudentRaised,
    StudentTimedOut,
)
from grader.sandbox import values, wire
from grader.sandbox.process import OVER, Budget, WorkerProcess

_IMPORTS = 5
"""All imports of one submission together may take this many times what one may."""


class Wall(Protocol):
    """Whatever opens workers: the sandbox, or a fake one in unit tests."""

    def open(self, files: Mapping[str, bytes]) -> WorkerProcess:
        """Start a worker whose working directory holds `files`."""
        ...


@dataclass(frozen=True)
class Loading:
    """What to import, and what it may take."""

    files: Mapping[str, bytes]
    main: str
    module: str
    import_seconds: float
    seed: int
    until: float | None = None
    """The moment, of the monotonic clock, at which all time is over."""


class Session:
    """Talks to the worker of one submission; a worker that died is replaced at the next request."""

    def __init__(self, wall: Wall, loading: Loading) -> None:
        self.names: tuple[str, ...] = ()
        self.cell_faults: tuple[wire.CellFault, ...] = ()
        self.generation = 0
        self.imports = 0
        self.cpu = 0.0
        self.worked = 0.0
        """Seconds that submitted code was at work, by the clock or of CPU, whichever is more."""
        self.asked = 0.0
        """Seconds by the clock that we waited for it: what is more than `worked`, it had no core."""
        self.starved = False
        """Whether it has come to the end of its memory."""
        self.output = bytearray()
        self.output_total = 0
        self.failure: SandboxError | None = None
        self.transcript = Transcript()
        self._wall = wall
        self._loading = loading
        self._worker: WorkerProcess | None = None
        self._ids = itertools.count(1)
        self._budgets = [self._budget(loading.import_seconds)]
        self._seed = loading.seed
        self._stale = False
        self._aside = False
        self._imported = 0.0

    def load(self) -> None:
        """Start a worker and import the submission; raises StudentFault or Rejected."""
        budget = self._import_budget()
        self.imports += 1
        with self._failures_kept():
            worker = self._worker = self._wall.open(self._loading.files)
        request = wire.Load(next(self._ids), self._loading.main, self._loading.module, self._seed)
        try:
            reply = self._ask(worker, request, budget)
        finally:
            self._imported += max(budget.cpu, budget.wall / 2)
        if isinstance(reply, wire.Raised):
            self.close_worker()  # no check may meet a module that is imported by half
            if reply.rejected:
                raise Rejected(clean(reply.message))
            raise self._note(student_raised(reply))
        if not isinstance(reply, wire.Loaded):
            raise self._out_of_turn()
        self.names, self.cell_faults = reply.names, reply.faults
        self._stale = False

    def _import_budget(self) -> Budget:
        """Give each import its time, and all imports after the first a few times that together."""
        left = _IMPORTS * self._loading.import_seconds - self._imported
        if left <= 0:
            raise StudentTimedOut("The file was imported anew after each failure until no time was left for that.")
        return self._budget(min(self._loading.import_seconds, left))

    def _budget(self, seconds: float) -> Budget:
        return Budget(seconds, until=self._loading.until)

    def begin_check(self, seed: int, seconds: float) -> None:
        """Give a check its time, its seed and a transcript; the worker is put back when it is first asked."""
        self._seed = seed
        self._stale = True
        self.generation += 1
        self._budgets = [self._budget(seconds)]
        self.transcript = Transcript()

    def refresh(self) -> None:
        """Start the check over with a module that has just been imported; what it holds by handle is lost."""
        self.close_worker()
        self.generation += 1

    @contextlib.contextmanager
    def budget(self, seconds: float) -> Iterator[None]:
        """Charge what is asked inside to a time of its own."""
        self._budgets.append(self._budget(seconds))
        try:
            yield
        finally:
            self._budgets.pop()

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Leave out of the transcript what is asked inside: how leniently a check judges is not what it saw."""
        outer, self._aside = self._aside, True
        try:
            yield
        finally:
            self._aside = outer

    def send(self, build: Callable[[int], wire.Call | wire.Operate]) -> wire.Returned:
        """Send a request to a live worker and return its answer; what the student's code raised is raised."""
        try:
            worker, request = self._ready_worker(), build(next(self._ids))
            reply = self._ask(worker, self._first(request) if self._stale else request, self._budgets[-1])
        except (wire.WireError, OverflowError):  # what a check sends is small, but for what it was given
            raise StudentRaised("What the submitted code gave is too large to work with.") from None
        own = len(self._budgets) == 1 and not self._aside  # else it is a shared fixture's, or by the way
        if own and isinstance(reply, wire.Returned | wire.Raised):
            self.transcript.add(request, reply)
        if isinstance(reply, wire.Raised):
            raise self._fault(reply)
        if not isinstance(reply, wire.Returned):
            raise self._out_of_turn()
        return reply

    def _ready_worker(self) -> WorkerProcess:
        if self._worker is None or not self._worker.alive:
            try:
                self.load()
            except Rejected as error:  # the first import accepted it
                raise StudentRaised(str(error)) from None
        assert self._worker is not None
        return self._worker

    def _first(self, request: wire.Call | wire.Operate) -> wire.Call | wire.Operate:
        """Let the first request of a check put the worker back."""
        self._stale = False
        return msgspec.structs.replace(request, reset=self._seed)

    def _ask(self, worker: WorkerProcess, request: wire.Request, budget: Budget) -> Any:
        cpu, wall, start = budget.cpu, budget.wall, time.monotonic()
        try:
            if budget.over:  # what answers at once would otherwise be answered on and on
                raise StudentTimedOut(OVER)
            with self._failures_kept():
                return worker.request(request, budget)
        except StudentFault as error:
            self._note(error)
            self.close_worker()
            raise
        finally:
            self.worked += max(budget.cpu - cpu, budget.wall - wall)
            self.asked += time.monotonic() - start

    def _note(self, fault: StudentFault) -> StudentFault:
        """Keep that memory has come to its end."""
        self.starved = self.starved or getattr(fault, "out_of_memory", False)
        return fault

    @contextlib.contextmanager
    def _failures_kept(self) -> Iterator[None]:
        """Keep that the wall failed: pytest takes the exception for that of one check alone."""
        try:
            yield
        except SandboxError as error:
            self.failure = self.failure or error
            raise

    def _out_of_turn(self) -> StudentCrashed:
        self.close_worker()
        return StudentCrashed("The process was ended: it did not speak the protocol.")

    def _fault(self, reply: wire.Raised) -> Exception:
        if not reply.missing:
            return self._note(student_raised(reply))
        message = f"`{clean(reply.message)}` is not defined."
        if self.cell_faults:
            first = self.cell_faults[0]
            message += f" Cell {first.cell} raised {clean(first.type_name)}: {clean(first.message)[:300]}"
        return CheckFailed(message, hint="Define it with just this name, at the top level of your file.")

    def close_worker(self) -> None:
        """End the worker, if there is one, and keep what it printed and used."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        with self._failures_kept():
            worker.kill()
        self.cpu += worker.cpu
        room = max(0, 64 * 1024 - len(self.output))
        self.output += worker.output.kept[:room]
        self.output_total += worker.output.total

    def end(self) -> None:
        """End the worker for good; raises SandboxError where the wall failed: then nothing counts of what was found."""
        self.close_worker()
        if self.failure is not None:
            raise self.failure

    def encode(self, value: object) -> wire.Value:
        """Encode what a check passes in: plain values, tensors, proxies, and torch objects by description."""
        from grader.checks.remote import Remote

        if isinstance(value, Remote):
            return value.wire_target()
        return values.encode(value, self._encode_other)

    def _encode_other(self, value: object) -> wire.Value:
        from grader.checks.remote import Remote

        return value.wire_target() if isinstance(value, Remote) else values.describe(value)


def student_raised(reply: wire.Raised) -> StudentRaised:
    """Turn an exception of the submitted code into one sentence that points at the student's own line."""
    name, text = clean(reply.type_name), clean(reply.message)
    if name == "NotImplementedError" and not text:
        sentence = "This part is not written yet (NotImplementedError)"
    else:
        sentence = f"{name}: {text}" if text else name
    lines = [
        f"{clean(frame.file)}, line {frame.line}{f', in {clean(frame.function)}' if frame.function else ''}: "
        f"{clean(frame.source)}"
        for frame in reply.frames
    ]
    if reply.frames:
        last = reply.frames[-1]
        source = f": {clean(last.source)}" if last.source else ""
        sentence = f"{sentence.rstrip('.')} ({clean(last.file)}, line {last.line}{source})"
    said, places = f"{name}: {text}", tuple((frame.file, frame.line) for frame in reply.frames)
    out_of_memory = _wanted_too_much(reply)
    return StudentRaised(sentence, name, "\n".join(lines), said=said, places=places, out_of_memory=out_of_memory)


def _wanted_too_much(reply: wire.Raised) -> bool:
    """Recognise what Python and torch raise where memory ends; the parser's own MemoryError has no line of a file."""
    said_by_torch, said_by_system = "DefaultCPUAllocator" in reply.message, reply.message.startswith("[Errno 12]")
    return bool(reply.frames) and (reply.type_name == "MemoryError" or said_by_torch or said_by_system)
