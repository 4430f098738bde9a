"""A run: what is on record is taken over, the rest is graded, and all of it is put on record.

assignment -> executor -> submissions -> gradebook -> what is known by content, then what an executor grades
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from grader.assignment import Assignment, load
from grader.errors import UsageError
from grader.report.row import Row, row_of
from grader.report.write import is_written, write_class, write_submission
from grader.results import GradedSubmission, Result
from grader.sandbox import forks
from grader.submission import Submission, is_archive, is_notebook

if TYPE_CHECKING:
    from grader.executors import Executor
    from grader.gradebook.book import Gradebook, Known
    from grader.intake.archives import Unpack
    from grader.reuse import Keys


@dataclass(frozen=True)
class Options:
    """What a run is asked for: the arguments of `grade run`."""

    assignment: str
    submissions: tuple[Path, ...]
    directory: Path
    course: Path | None = None
    jobs: int | None = None
    layout: str = "auto"
    sandbox: str = "auto"
    executor: str = "local"
    gradebook: str | None = None
    fresh: bool = False
    seed: int = 0
    only: str | None = None


_PATIENCE = 3.0
"""Seconds: what is left of a run that was killed takes a moment to go."""


class Finished(NamedTuple):
    """One submission of a run, and whether its result was on record before."""

    submission: Submission
    result: Result
    reused: bool


@dataclass
class Run:
    """A run that has found its submissions; to be walked through once, inside of `begin`."""

    options: Options
    assignment: Assignment
    submissions: tuple[Submission, ...]
    whole: bool
    """Whether these are all that were handed in, and not a part of them (`--only`)."""
    book: Gradebook
    executor: Executor | None
    """Who grades; none where nothing is to be graded."""
    rows: list[Row] = field(default_factory=list)
    """What the class page needs of what was finished so far."""

    def __iter__(self) -> Iterator[Finished]:
        """Finish one submission after the other."""
        with closing(self._finish()) as all_finished:
            for finished in all_finished:
                self.rows.append(row_of(finished.result))
                yield finished

    def is_settled(self) -> bool:
        """Tell whether all of it is on record by content."""
        keys = _keys(self.options, self.assignment)
        return self.book.knows({keys.of(one) for one in self.submissions})

    def write_pages(self) -> None:
        """Write the pages of the class: what this run has finished, and whoever else is on record."""
        done = {row.id for row in self.rows}
        others = {one.student_id: one.outcome_id for one in self.book.standings() if one.student_id not in done}
        earlier = (row_of(record.decoded().result) for record in self.book.results(list(others.values())))
        write_class(self.options.directory, [*self.rows, *earlier], assignment_title=self.assignment.title)

    def _finish(self) -> Generator[Finished]:
        """Take over what is on record, then grade the rest; yields each when its files and its record are there."""
        keys = _keys(self.options, self.assignment)
        self.book.begin(self.submissions, whole=self.whole)
        left: list[Submission] = []
        if self.options.fresh:
            left += self.submissions
        else:
            yield from self._taken_over(keys, left)
        if left:
            yield from self._graded(keys, left)

    def _graded(self, keys: Keys, left: Sequence[Submission]) -> Iterator[Finished]:
        from grader.task import Task

        assert self.executor is not None
        by_id = {one.id: one for one in left}
        task = Task(self.assignment, self.options.seed, self.options.directory)
        with closing(self.executor.grade(task, iter(left))) as all_graded:
            for graded in all_graded:
                submission = by_id[graded.result.submission.id]
                with forks.uninterrupted():
                    self.book.record(submission, keys.of(submission), graded)
                yield Finished(submission, graded.result, False)

    def _taken_over(self, keys: Keys, left: list[Submission]) -> Iterator[Finished]:
        """Take over what is on record by content, of whoever; the rest is `left`."""
        from grader.gradebook.book import ROWS

        for start in range(0, len(self.submissions), ROWS):
            some = self.submissions[start : start + ROWS]
            wanted = {self.book.attempt_of(one): keys.of(one) for one in some}
            known = self.book.known(wanted)
            again: list[int] = []
            finished: list[Finished] = []
            for one in some:
                attempt = self.book.attempt_of(one)
                if (record := known.get(attempt)) is None:
                    left.append(one)
                    continue
                graded = self._written(one, record)
                if record.attempt_id == attempt:
                    again.append(record.outcome_id)
                else:
                    self.book.record(one, wanted[attempt], graded)
                finished.append(Finished(one, graded.result, True))
            self.book.seen_again(again)
            yield from finished

    def _written(self, submission: Submission, record: Known) -> GradedSubmission:
        """Decode a record for a submission, and write its files where they are not there as they should be."""
        graded = record.decoded()
        if (info := submission.info) != graded.result.submission:
            graded = msgspec.structs.replace(graded, result=msgspec.structs.replace(graded.result, submission=info))
        if not is_written(self.options.directory, graded.result):
            write_submission(self.options.directory, graded)
        return graded


@contextmanager
def begin(options: Options, tell: Callable[[str], object]) -> Iterator[Run]:
    """Find what is to be graded, with everything ready that it takes; `tell` gets sentences for staff.

    Raises UsageError for a wrong argument, SandboxError where there is no wall that is good enough.
    """
    assignment = load(options.assignment, options.course)
    _refuse_bad_arguments(options, assignment)
    from grader.sandbox import nursery

    nursery.one_thread()
    from grader.executors import executor_for

    names = [name for path in options.submissions for name in _names_in(path)]
    archives = any(is_archive(name) for name in names)
    with (
        _alone(options.directory),
        executor_for(
            options.executor,
            jobs=_jobs(options),
            sandbox=options.sandbox,
            notebooks=archives or any(is_notebook(name) for name in names),
            archives=archives,
            hidden=_hidden(options, assignment),
        ) as executor,
        _found(options, assignment, executor, tell, executor.unpack) as run,
    ):
        try:
            yield run
        finally:
            if run.rows:  # also when interrupted: what was finished is kept
                run.write_pages()


@contextmanager
def begin_settled(options: Options, tell: Callable[[str], object]) -> Iterator[Run | None]:
    """Find a run in which nothing is left to be graded, without all that grading takes; None for any other.

    To be used in a process that grades nothing afterwards: it knows the class.
    """
    from grader.errors import Rejected
    from grader.gradebook.places import files_of, url_of
    from grader.intake.archives import none_here

    book = files_of(url_of(options.directory, options.gradebook))
    if options.fresh or not all(path.is_file() for path in book):
        yield None
        return
    assignment = load(options.assignment, options.course)
    _refuse_bad_arguments(options, assignment)
    said: list[str] = []
    with ExitStack() as stack:
        stack.enter_context(_alone(options.directory))
        try:
            run = stack.enter_context(_found(options, assignment, None, said.append, none_here))
        except (UsageError, Rejected):  # an archive, which takes a worker; whatever else it is, it is told later on
            run = None
        if run is None or not run.is_settled():
            run = None
        else:
            for sentence in said:
                tell(sentence)
        yield run
        if run is not None:
            run.write_pages()


@contextmanager
def _found(
    options: Options,
    assignment: Assignment,
    executor: Executor | None,
    tell: Callable[[str], object],
    unpack: Unpack,
) -> Iterator[Run]:
    """Find the submissions, and open the gradebook."""
    from grader.gradebook.book import Gradebook
    from grader.gradebook.places import url_of
    from grader.intake.discover import discover

    paths = [_followed(path) for path in options.submissions]
    found = discover(paths, assignment.slug, assignment.stubs(), assignment.limits, tell, unpack, options.layout)
    chosen = _chosen(found, options.only)
    with closing(Gradebook(url_of(options.directory, options.gradebook), assignment.slug)) as book:
        yield Run(options, assignment, tuple(chosen), len(chosen) == len(found), book, executor)


def _keys(options: Options, assignment: Assignment) -> Keys:
    from grader.environment import environment_here
    from grader.reuse import Keys

    return Keys(assignment, options.seed, environment_here(), walled=options.sandbox != "off")


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Keep a second run out of the same folder: their results would mix."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        end = time.monotonic() + _PATIENCE
        while not _locked(handle):
            if time.monotonic() > end:
                raise UsageError(f"another run is writing to {directory}: wait for it, or give another folder")
            time.sleep(0.05)
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _followed(path: Path) -> Path:
    """Follow a link that staff name; links inside a submission are never followed."""
    return path.resolve() if path.is_symlink() else path


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
    if not options.submissions:
        raise UsageError("nothing is there to be graded: give a .py, an .ipynb, an archive or a folder of them")
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


def _names_in(path: Path) -> Iterator[str]:
    """List the names of all files in a folder."""
    return (name for _, _, names in os.walk(path) for name in names) if path.is_dir() else iter((path.name,))


def _hidden(options: Options, assignment: Assignment) -> list[Path]:
    from grader.gradebook.places import files_of

    assert assignment.hidden is not None
    solutions = assignment.hidden.parent if assignment.hidden.parent.name == "solutions" else assignment.hidden
    books = files_of(options.gradebook)
    for book in books:
        book.touch(mode=0o600)  # private, if it is new: it holds what everybody has handed in
    return [solutions, options.directory, *options.submissions, *books]


def _chosen(found: Sequence[Submission], only: str | None) -> list[Submission]:
    chosen = [one for one in found if only in (None, one.id, one.student)]
    if not chosen:
        known = ", ".join(one.id for one in found[:5])
        raise UsageError(f"no submission is called {only!r}; there are {known}{', …' if len(found) > 5 else ''}")
    return chosen
