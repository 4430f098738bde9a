"""`grade platform NAME`: from what a platform has laid out to what it reads.

stale results away -> find -> grade, with an own deadline and own limits -> late policy -> answer, or fault -> write

Standard output holds what the platform is to read there, as the very last of it; all else goes to standard error.
A fault of ours is told in the platform's own way, and never as a score.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.assignment import Assignment, course_folder, known_slugs, load
from grader.errors import GradeError, UsageError
from grader.platforms import AUTO, platform_of, recognised, safe
from grader.platforms.contract import Found, Platform, Reply, Surroundings
from grader.report import words

if TYPE_CHECKING:
    from grader.results import Result

_FOLDERS = ("HOME", "TORCH_HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME", "TRITON_CACHE_DIR", "IPYTHONDIR")
COURSE = "GRADE_COURSE"
"""Names the course; never the current folder, which may be the student's."""

DEBUG = "GRADE_DEBUG"
"""If it is set, everything is printed to standard error, on platforms too that show it to students."""

VARIABLE = "GRADE_ASSIGNMENT"
"""Names the assignment, where a course has several and the platform does not say which."""


@dataclass(frozen=True)
class Asked:
    """The arguments of `grade platform`."""

    platform: str
    words: tuple[str, ...] = ()
    assignment: str | None = None
    course: Path | None = None
    root: Path = Path("/")
    sandbox: str = "auto"
    seed: int = 0


def serve(asked: Asked) -> int:
    """Grade what is there, tell the platform, and return the exit code that it wants."""
    from grader.run_command import start_over, take_interrupts

    _prepare()
    start_over(asked.seed)
    take_interrupts()
    around = Surroundings(root=asked.root.absolute(), words=asked.words)
    platform = recognised(around) if asked.platform == AUTO else platform_of(asked.platform)
    with _only_the_reply(quiet=not (platform.private or os.environ.get(DEBUG))) as streams:
        try:
            safe.clear(platform.results(around))
            reply = _reply(platform, asked, around)
        except KeyboardInterrupt:
            raise
        except Exception as error:  # noqa: BLE001 - the edge: whatever it is, it is ours, and it is told
            reply = _fault(platform, around, _sentence(error))
        return _written(reply, *streams)


def _prepare() -> None:
    """Set what torch and matplotlib read when they start: folders that can be written to."""
    home = os.environ.get("HOME", "")
    if not (home and os.access(home, os.W_OK)):
        folder = tempfile.mkdtemp(prefix="grade-home-")
        os.environ |= dict.fromkeys(_FOLDERS, folder)


@contextmanager
def _only_the_reply(*, quiet: bool) -> Iterator[tuple[int, int]]:
    """Give the real streams; what else is printed goes to standard error, or nowhere where students would read it."""
    sys.stdout.flush()
    kept = os.dup(1), os.dup(2)
    if quiet:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
    os.dup2(2, 1)
    try:
        yield kept
    finally:
        sys.stdout.flush()
        for number, stream in enumerate(kept, start=1):
            os.dup2(stream, number)
            os.close(stream)


def _reply(platform: Platform, asked: Asked, around: Surroundings) -> Reply:
    from grader.platforms.answer import answer_of
    from grader.platforms.lateness import after_lateness
    from grader.platforms.one import grade_one

    found = platform.find(around)
    assignment = _assignment(asked, found)
    settings = assignment.platforms
    seconds = found.seconds or settings.seconds_of(platform.name)
    with chdir("/"):  # libraries read settings in the current folder, as matplotlib does: here a student's may lie
        result = grade_one(assignment, found, seconds=seconds, sandbox=asked.sandbox, seed=asked.seed)
    if result.score is None:
        return _fault(platform, around, result.message or _why_none(result))
    score, why = after_lateness(result, found, assignment.policy)
    return platform.answer(answer_of(result, score, (*found.notes, why)), found, around, settings)


def _fault(platform: Platform, around: Surroundings, sentence: str) -> Reply:
    """Tell staff what it was, where they alone read it; it may quote what is hidden."""
    sys.stderr.write(f"grade: no score was given, and the fault is not the student's: {sentence}\n")
    return platform.fault(words.SENTENCES["not_graded"], around)


def _why_none(result: Result) -> str:
    """Say why there is no score, where nothing went wrong that would say so itself."""
    if all(check.outcome == "manual" for check in result.checks):
        return f"all checks of {result.assignment} wait for a person, so that there is nothing to be graded here"
    return "some check could not be carried out"


def _assignment(asked: Asked, found: Found) -> Assignment:
    """Choose the assignment: as told, as the platform calls it, or the only one that there is."""
    given = asked.course or os.environ.get(COURSE)
    if not given:
        raise UsageError(f"say where the course is, with --course or by {COURSE}.")
    course = course_folder(Path(given))
    if named := asked.assignment or os.environ.get(VARIABLE):
        return load(named, course)
    slugs = known_slugs(course)
    if found.assignment in slugs or len(slugs) == 1:
        return load(found.assignment if found.assignment in slugs else slugs[0], course)
    raise UsageError(f"the course has {', '.join(slugs) or 'no assignments'}: say which is meant, by {VARIABLE}.")


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, GradeError | OSError) else f"{type(error).__name__}: {error}"


def _written(reply: Reply, out: int, err: int) -> int:
    """Write a reply; where its place cannot be written to, that is all that can be said, and no code of success."""
    try:
        for path, data in reply.files.items():
            safe.put(path, data)
        for path, more in reply.appended.items():
            with path.open("a", encoding="utf-8") as file:
                file.write(more)
    except OSError as error:
        _print(err, f"grade: the result could not be written: {error}\n")
        return GradeError.exit_code
    sys.stderr.flush()
    _print(err, reply.err)
    _print(out, reply.out)
    return reply.code


def _print(stream: int, text: str) -> None:
    data = memoryview(text.encode())
    while data:
        data = data[os.write(stream, data) :]
