"""What is behind `grader.run`: a fresh process that grades, and its results, one after the other."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from grader import errors
from grader.engine import Asked, Failed, Finished, Found, Over, Said, Told
from grader.errors import GradeError, SandboxError, UsageError
from grader.frames import receive, send
from grader.results import Result
from grader.run_command import environment_for, tell
from grader.running import Options

_END_SECONDS = 120.0
"""What the end of a run may take: pages of a large class are written."""

_LOOK_SECONDS = 0.05

StrPath = str | os.PathLike[str]


class Results(Iterator[Result]):
    """The results of a run, as they finish; closed at the end, by `close`, or by leaving a `with` block."""

    def __init__(self, options: Options, temporary: tempfile.TemporaryDirectory[str] | None) -> None:
        self.directory = options.directory
        """Where the pages, the marks and the gradebook are."""
        self._temporary = temporary
        self._engine: _Engine | None = _Engine(options)
        self._count = 0
        told = self._next()
        if isinstance(told, Found):
            self._count = told.count

    def __len__(self) -> int:
        """Count the submissions that were found."""
        return self._count

    def __next__(self) -> Result:
        """Wait for the next result."""
        told = self._next()
        if isinstance(told, Finished):
            return told.result
        self.close()
        raise StopIteration

    def __enter__(self) -> Results:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_engine"):
            self.close()

    def close(self) -> None:
        """End the run: what was finished is kept, unless the folder is a temporary one."""
        engine, self._engine = self._engine, None
        try:
            if engine is not None:
                engine.end()
        finally:
            if self._temporary is not None:
                self._temporary.cleanup()

    def _next(self) -> Found | Finished | Over | None:
        """Read on; raises what ended the run."""
        if self._engine is None:
            return None
        try:
            while isinstance(told := self._engine.read(), Said):
                tell(told.sentence)
        except BaseException:  # Ctrl-C in the caller: the run would go on without anybody to take its results
            self.close()
            raise
        if isinstance(told, Failed):
            self.close()
            raise _error(told)
        return told


class _Engine:
    """The process that grades: it ends when the pipe of its order is closed, by us or by our end."""

    def __init__(self, options: Options) -> None:
        theirs_in, self._orders = os.pipe()
        self._replies, theirs_out = os.pipe()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves; -P: nothing is imported from where we are
                [sys.executable, "-P", "-m", "grader.engine", str(theirs_in), str(theirs_out)],
                pass_fds=(theirs_in, theirs_out), stdin=subprocess.DEVNULL,
                env=os.environ | environment_for(options.seed), start_new_session=True,
            )  # fmt: skip
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        with suppress(BrokenPipeError):  # it has ended, and that is found where it is read
            send(self._orders, Asked(options))

    def read(self) -> Told:
        """Wait for what it tells next."""
        told: Told | None = receive(self._replies, Told)  # type: ignore[arg-type]  # a union is a type
        return told or Failed(SandboxError.__name__, "the process that grades has ended; what was finished is kept")

    def end(self) -> None:
        """End it as Ctrl-C would, and wait until it has tidied up; what it still tells is read, or it would wait."""
        os.close(self._orders)
        self._process.terminate()  # a fork of the caller's may hold the pipe open
        end = time.monotonic() + _END_SECONDS
        while self._process.poll() is None:
            if time.monotonic() > end:
                self._process.kill()
            if select.select([self._replies], [], [], _LOOK_SECONDS)[0] and not os.read(self._replies, 1 << 16):
                self._process.wait()
        os.close(self._replies)


def start(
    assignment: StrPath,
    submissions: StrPath | Iterable[StrPath],
    *,
    output: StrPath | None,
    course: StrPath | None,
    jobs: int | None,
    layout: str,
    sandbox: str,
    executor: str,
    gradebook: str | None,
    fresh: bool,
    seed: int,
    only: str | None,
    pictures: bool,
) -> Results:
    """Start a run, as `grader.run` says."""
    from grader.doctor import need_linux

    need_linux()
    _refuse_impossible(jobs=jobs, seed=seed, sandbox=sandbox)
    temporary = None
    if output is None:
        temporary = tempfile.TemporaryDirectory(prefix="grade-")
        output = temporary.name
    several = [submissions] if isinstance(submissions, str | os.PathLike) else submissions
    options = Options(
        os.fspath(assignment), tuple(Path(path) for path in several), Path(output),
        course=None if course is None else Path(course), jobs=jobs, layout=layout, sandbox=sandbox, executor=executor,
        gradebook=gradebook, fresh=fresh, seed=seed, only=only, pictures=pictures,
    )  # fmt: skip
    return Results(options, temporary)


def _refuse_impossible(*, jobs: int | None, seed: int, sandbox: str) -> None:
    """Refuse what the command line would not take either."""
    if jobs is not None and not 1 <= jobs <= 256:
        raise UsageError(f"jobs is {jobs}: give 1 to 256, or None for the cores of this machine.")
    if not 0 <= seed < 2**63:
        raise UsageError(f"seed is {seed}: give 0 to 2**63 - 1.")
    if sandbox not in ("auto", "strict", "off"):
        raise UsageError(f"sandbox is {sandbox!r}: give auto, strict or off.")


def _error(failed: Failed) -> GradeError:
    kind = getattr(errors, failed.kind, GradeError)
    error: GradeError = kind(failed.sentence)
    return error
