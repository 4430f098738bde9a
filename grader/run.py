"""`grade run`, from the arguments to the exit code.

assignment -> nurseries -> submissions -> grades -> pages -> summary
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.assignment import Assignment, load
from grader.errors import UsageError
from grader.results import Result
from grader.submission import Submission


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
    from grader.sandbox import nursery

    nursery.one_thread()
    from grader import batch
    from grader.intake.files import discover
    from grader.job import Task
    from grader.progress import show

    jobs = options.jobs or len(os.sched_getaffinity(0))
    notebooks = any(_holds_notebook(path) for path in options.submissions)
    results: list[Result] = []
    with batch.nurseries(jobs, options.sandbox, notebooks=notebooks, hidden=_hidden(options, assignment)) as handles:
        found = discover(options.submissions, assignment.slug, assignment.stubs(), assignment.limits)
        submissions = _chosen(found, options.only)
        task = Task(assignment, tuple(submissions), options.seed, options.directory)
        with show(len(submissions)) as progress:
            for graded in batch.grade_all(task, handles):
                results.append(graded.result)
                progress.advance(graded.result)
    return _finish(options, assignment, sorted(results, key=lambda result: result.submission.id))


def _refuse_bad_arguments(options: Options, assignment: Assignment) -> None:
    """Say what is wrong before anything slow is done."""
    if assignment.hidden is None:
        raise UsageError(
            f"there is no solutions/{assignment.slug}/ here, so nothing can be graded; "
            "give the course with --course DIR, or use `grade check FILE` for the public checks"
        )
    for path in options.submissions:
        if not path.exists():
            raise UsageError(f"{path} does not exist; give a .py, an .ipynb or a folder of them")
    try:
        options.directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"the results cannot go to {options.directory}: {error.strerror}") from None
    if not os.access(options.directory, os.W_OK):
        raise UsageError(f"the results cannot go to {options.directory}: it is not writable")


def _holds_notebook(path: Path) -> bool:
    if path.is_dir():
        return any(name.endswith(".ipynb") for _, _, names in os.walk(path) for name in names)
    return path.suffix == ".ipynb"


def _hidden(options: Options, assignment: Assignment) -> list[Path]:
    assert assignment.hidden is not None
    return [assignment.hidden, options.directory, *options.submissions]


def _chosen(found: Sequence[Submission], only: str | None) -> list[Submission]:
    chosen = [one for one in found if only in (None, one.id, one.student)]
    if not chosen:
        known = ", ".join(one.id for one in found[:5])
        raise UsageError(f"no submission is called {only!r}; there are {known}{', …' if len(found) > 5 else ''}")
    return chosen


def _finish(options: Options, assignment: Assignment, results: Sequence[Result]) -> int:
    from grader.report.row import row_of
    from grader.report.write import write_class

    write_class(options.directory, [row_of(result) for result in results], assignment_title=assignment.title)
    failed = [result for result in results if result.score is None]
    if options.as_json:
        summary = Summary(1, assignment.slug, str(options.directory), tuple(results))
        sys.stdout.write(msgspec.json.encode(summary).decode() + "\n")
    else:
        sys.stdout.write(_summary_text(options, results))
    for result in failed:
        sys.stderr.write(f"grade: {result.submission.id} could not be graded; see its report.html\n")
    return 3 if failed else 0


def _summary_text(options: Options, results: Sequence[Result]) -> str:
    scores = [result.score for result in results if result.score is not None]
    lines = [f"{len(results)} submission{'s' if len(results) != 1 else ''}, {len(scores)} with a score."]
    if len(results) == 1 and scores:
        lines = [f"{results[0].submission.id}: {scores[0]:g} of {results[0].max_score:g} points."]
    elif scores:
        middle = sorted(scores)[len(scores) // 2]
        lines.append(f"Median {middle:g} of {results[0].max_score:g} points.")
    lines.append(f"Class page: {options.directory / 'index.html'}")
    return "\n".join(lines) + "\n"
