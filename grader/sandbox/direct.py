"""A worker without a wall: submitted code runs in this very process. It isolates nothing.

For a student's own file on the student's own machine, and for benchmarks. It speaks to the same worker code by the
same messages, and needs nothing that only one operating system has.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from grader.sandbox import unpacking, wire
from grader.sandbox.process import Budget, Output
from grader.sandbox.worker import Worker

CarryOut = Callable[[Callable[[], wire.Reply], Budget], wire.Reply]
"""Let a request be answered within a budget, or raise StudentTimedOut."""


def without_limits(work: Callable[[], wire.Reply], _: Budget) -> wire.Reply:
    """Let it take as long as it takes."""
    return work()


class DirectProcess:
    """Stands in for a worker process: it answers in this one."""

    def __init__(self, files: Mapping[str, bytes], carry_out: CarryOut = without_limits) -> None:
        self.alive = True
        self.cpu = 0.0
        self.output = Output()
        self.worker = Worker()
        self._carry_out = carry_out
        self._printed = io.TextIOWrapper(_Sink(self.output), "utf-8", "replace", write_through=True)  # type: ignore[type-var]  # a raw stream will do
        self._path: list[str] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="grade-", ignore_cleanup_errors=True)
        for name, data in files.items():
            path = Path(self._folder.name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def request(
        self, message: wire.Request, budget: Budget
    ) -> wire.Loaded | wire.Returned | wire.Raised | unpacking.Unpacked:
        """Answer at once; what cannot go over the wire to a real worker's other side does not go here either."""
        with contextlib.chdir(self._folder.name), self._standard_streams(), self._import_path():
            reply = self._carry_out(lambda: self.worker.answer(message), budget)
        try:
            body = wire.frame(reply)[4:]
        except wire.WireError as error:
            return wire.Raised(message.id, "OverflowError", str(error))
        answer = wire.decode_reply(body)
        assert not isinstance(answer, wire.Ready)
        return answer

    def kill(self) -> int:
        """Forget the submission, and the modules that it brought along."""
        if self.alive:
            self.alive = False
            for name, module in list(sys.modules.items()):
                if str(getattr(module, "__file__", None) or "").startswith(self._home()):
                    del sys.modules[name]
            self._folder.cleanup()
        return 0

    def _home(self) -> str:
        return str(Path(self._folder.name).resolve())

    @contextlib.contextmanager
    def _standard_streams(self) -> Iterator[None]:
        """Keep what is printed, and have nothing to be read."""
        keyboard = sys.stdin
        sys.stdin = io.StringIO()
        try:
            with contextlib.redirect_stdout(self._printed), contextlib.redirect_stderr(self._printed):
                yield
        finally:
            sys.stdin = keyboard

    @contextlib.contextmanager
    def _import_path(self) -> Iterator[None]:
        """Let submitted code have arguments and an import path of its own, from one request to the next."""
        before = sys.path[:], sys.argv[:]
        sys.path[:] = self._path or sys.path
        try:
            yield
        finally:
            self._path = sys.path[:]
            sys.path[:], sys.argv[:] = before


class DirectWall:
    """Opens no worker."""

    def __init__(self, carry_out: CarryOut = without_limits) -> None:
        self._carry_out = carry_out

    def open(self, files: Mapping[str, bytes]) -> DirectProcess:
        """Take the files as they are."""
        return DirectProcess(files, self._carry_out)


class _Sink(io.RawIOBase):
    """A stream that ends in what is kept of the output."""

    def __init__(self, output: Output) -> None:
        super().__init__()
        self._output = output

    def writable(self) -> bool:
        """Take what is written."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # what a text stream writes is bytes
        """Keep it, as far as output is kept."""
        self._output.add(bytes(data))
        return len(data)
