"""How a run begins: arguments are looked at, an executor is made ready, submissions are found.

assignment -> executor, before anything of the class is known -> submissions -> gradebook -> `Run`
"""

from __future__ import annotations

import dataclasses
import fcntl
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.assignment import Assignment, load
from grader.errors import UsageError
from grader.running import Options, Run
from grader.submission import Submission, is_archive, is_notebook

if TYPE_CHECKING:
    from grader.executors import Executor
    from grader.intake.archives import Unpack

_PATIENCE = 3.0
"""Seconds: what is left of a run that was killed takes a moment to go."""


@contextmanager
def begin(options: Options, tell: Callable[[str], object]) -> Iterator[Run]:
    """Find what is to be graded, with everything ready that it takes; `tell` gets sentences for staff.

    Raises UsageError for a wrong argument, SandboxError where there is no wall that is good enough.
    """
    assignment = _loaded(options)
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
    assignment = _loaded(options)
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

    _refuse_other_assignment(options.directory, assignment.slug)
    paths = [_followed(path) for path in options.submissions]
    found = discover(paths, assignment.slug, assignment.stubs(), assignment.limits, tell, unpack, options.layout)
    chosen = _chosen(found, options.only)
    with closing(Gradebook(url_of(options.directory, options.gradebook), assignment.slug)) as book:
        whole = len(chosen) == len(found) and not _is_one_file(options)
        yield Run(options, assignment, tuple(chosen), whole, book, executor)


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


def _loaded(options: Options) -> Assignment:
    assignment = load(options.assignment, options.course)
    if options.pictures:
        return assignment
    return dataclasses.replace(assignment, feedback=msgspec.structs.replace(assignment.feedback, pictures=False))


def _followed(path: Path) -> Path:
    """Follow a link that staff name; links inside a submission are never followed."""
    return path.resolve() if path.is_symlink() else path


def _jobs(options: Options) -> int:
    return 1 if _is_one_file(options) else options.jobs or len(os.sched_getaffinity(0))


def _is_one_file(options: Options) -> bool:
    first = options.submissions[0]
    return len(options.submissions) == 1 and first.is_file() and not is_archive(first.name)


def _refuse_bad_arguments(options: Options, assignment: Assignment) -> None:
    """Say what is wrong before anything slow is done."""
    from grader.gradebook.places import refuse_no_place

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
    refuse_no_place(options.gradebook)
    try:
        options.directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"the results cannot go to {options.directory}: {error.strerror}") from None
    if not os.access(options.directory, os.W_OK):
        raise UsageError(f"the results cannot go to {options.directory}: it is not writable")


def _refuse_other_assignment(directory: Path, slug: str) -> None:
    """Keep a folder to one assignment: of who is in two, one's pages would lie where the other's are looked for."""
    for path in (directory / "submissions").glob("*/result.json"):
        with suppress(OSError, msgspec.MsgspecError):  # lost or changed: it will be written anew
            found = msgspec.json.decode(path.read_bytes(), type=_OfAssignment).assignment
            if found != slug:
                raise UsageError(f"{directory} holds the results of {found}: give {slug} another folder")
            return


class _OfAssignment(msgspec.Struct):
    assignment: str


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
