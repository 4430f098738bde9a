"""`grade run`, from the arguments to the exit code.

assignment -> nurseries -> submissions -> grades -> pages -> summary
"""

from __future__ import annotations

import os
import signal
import statistics
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.assignment import Assignment, load
from grader.errors import UsageError
from grader.results import Result, read_result
from grader.sandbox.forks import INTERRUPTS
from grader.submission import Submission, is_archive, is_notebook

if TYPE_CHECKING:
    from grader.report.row import Row


@dataclass(frozen=True)
class Options:
    """The arguments of `grade run`."""

    assignment: str
    submissions: tuple[Path, ...]
    directory: Path
    course: Path | None = None
    jobs: int | None = None
    sandbox: str = "auto"
    seed: int = 0
    only: str | None = None
    as_json: bool = False
    layout: str = "auto"


class Summary(msgspec.Struct, frozen=True):
    """What `--json` says: where the pages are, and every result."""

    schema: int
    assignment: str
    directory: str
    results: tuple[Result, ...]


def run_class(options: Options) -> int:
    """Grade everything, write everything, and return the exit code: 3 when some score is null, else 0."""
    assignment = load(options.assignment, options.course)
    _refuse_bad_arguments(options, assignment)
    take_interrupts()
    start_over(options.seed)
    from grader.sandbox import nursery

    nursery.one_thread()
    from grader import batch
    from grader.intake.archives import unpacker
    from grader.intake.discover import discover
    from grader.job import Task
    from grader.progress import show
    from grader.report.row import row_of
    from grader.report.write import write_class

    notebooks = any(_may_hold_notebook(path) for path in options.submissions)
    hidden = _hidden(options, assignment)
    rows: list[Row] = []
    with (
        batch.nurseries(_jobs(options), options.sandbox, notebooks=notebooks, hidden=hidden) as started,
        unpacker(started.handles[0]) as unpack,
    ):
        paths = [_followed(path) for path in options.submissions]
        found = discover(paths, assignment.slug, assignment.stubs(), assignment.limits, _tell, unpack, options.layout)
        submissions = _chosen(found, options.only)
        task = Task(assignment, tuple(submissions), options.seed, options.directory)
        try:
            with show(len(submissions)) as progress, closing(batch.grade_all(task, started)) as all_graded:
                for graded in all_graded:
                    rows.append(row_of(graded.result))
                    progress.advance(graded.result)
        finally:
            if rows:  # also when interrupted: what was finished is kept
                whole = rows if len(rows) == len(found) else [*rows, *_earlier(options, assignment, rows)]
                write_class(options.directory, whole, assignment_title=assignment.title)
    return _report(options, assignment, sorted(rows, key=lambda row: row.id))


def start_over(seed: int) -> None:
    """Start this command anew in an environment of its own, unless it runs in it already.

    A hash seed that follows from the run's: else the order of a set differs from run to run. Large pages for
    malloc: a fork then copies a third less of page tables.
    """
    wanted = {"PYTHONHASHSEED": str(seed % 2**32), "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
    if os.environ.get("PYTHONHASHSEED") != wanted["PYTHONHASHSEED"]:
        os.execve(sys.executable, sys.orig_argv, os.environ | wanted)  # noqa: S606 - ourselves


def _tell(sentence: str) -> None:
    sys.stderr.write(f"grade: {sentence}\n")


def _followed(path: Path) -> Path:
    """Follow a link that staff name; links inside a submission are never followed."""
    return path.resolve() if path.is_symlink() else path


def _earlier(options: Options, assignment: Assignment, rows: Sequence[Row]) -> list[Row]:
    """Read what earlier runs have left in the same place: a part of the class must not replace the whole."""
    from grader.report.row import row_of

    done = {row.id for row in rows}
    paths = sorted((options.directory / "submissions").glob("*/result.json"))
    results = (read_result(path) for path in paths if path.parent.name not in done)
    return [row_of(result) for result in results if result.assignment == assignment.slug]


def take_interrupts() -> None:
    """Take a SIGTERM, which a batch system sends, and SIGHUP as Ctrl-C; what `nohup` and `&` ignore stays ignored."""
    for number in INTERRUPTS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def _interrupt(number: int, _: object) -> None:
    """End the run: what was finished is kept, and nothing is left. A second Ctrl-C does not disturb that."""
    for other in INTERRUPTS:
        signal.signal(other, signal.SIG_IGN)
    raise KeyboardInterrupt(number)


def _jobs(options: Options) -> int:
    first = options.submissions[0]
    if len(options.submissions) == 1 and first.is_file() and not is_archive(first.name):
        return 1
    return options.jobs or len(os.sched_getaffinity(0))


def _refuse_bad_arguments(options: Options, assignment: Assignment) -> None:
    """Say what is wrong before anything slow is done."""
    if assignment.hidden is None:
        raise UsageError(
            f"there is no solutions/{assignment.slug}/ here, so nothing can be graded; "
            "give the course with --course DIR"
        )
    for path in options.submissions:
        if not path.exists():
            raise UsageError(f"{path} does not exist; give a .py, an .ipynb, an archive or a folder of them")
        if path.is_dir() and options.directory.resolve().is_relative_to(path.resolve()):
            raise UsageError(f"the results cannot go to {options.directory}, inside {path}: they would be submissions")
    try:
        options.directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"the results cannot go to {options.directory}: {error.strerror}") from None
    if not os.access(options.directory, os.W_OK):
        raise UsageError(f"the results cannot go to {options.directory}: it is not writable")


def _may_hold_notebook(path: Path) -> bool:
    names = (name for _, _, names in os.walk(path) for name in names) if path.is_dir() else (path.name,)
    return any(is_notebook(name) or is_archive(name) for name in names)


def _hidden(options: Options, assignment: Assignment) -> list[Path]:
    assert assignment.hidden is not None
    solutions = assignment.hidden.parent if assignment.hidden.parent.name == "solutions" else assignment.hidden
    return [solutions, options.directory, *options.submissions]


def _chosen(found: Sequence[Submission], only: str | None) -> list[Submission]:
    chosen = [one for one in found if only in (None, one.id, one.student)]
    if not chosen:
        known = ", ".join(one.id for one in found[:5])
        raise UsageError(f"no submission is called {only!r}; there are {known}{', …' if len(found) > 5 else ''}")
    return chosen


def _report(options: Options, assignment: Assignment, rows: Sequence[Row]) -> int:
    """Say on standard output how the run ended, and return its exit code."""
    if options.as_json:
        folder = options.directory / "submissions"
        results = tuple(read_result(folder / row.id / "result.json") for row in rows)
        summary = Summary(1, assignment.slug, str(options.directory), results)
        sys.stdout.write(msgspec.json.encode(summary).decode() + "\n")
    else:
        sys.stdout.write(_summary_text(options, rows))
    failed = [row for row in rows if row.score is None]
    for row in failed:
        sys.stderr.write(f"grade: {row.id} could not be graded; see its report.html\n")
    return 3 if failed else 0


def _summary_text(options: Options, rows: Sequence[Row]) -> str:
    scores = [row.score for row in rows if row.score is not None]
    most = rows[0].max_score
    if len(rows) == 1 and scores:
        lines = [f"{rows[0].id}: {scores[0]:g} of {most:g} points."]
    else:
        lines = [f"{len(rows)} submission{'s' if len(rows) != 1 else ''}, {len(scores)} with a score."]
        if scores:
            lines.append(f"Median {statistics.median(scores):g} of {most:g} points.")
    lines.append(f"Class page: {options.directory / 'index.html'}")
    return "\n".join(lines) + "\n"
