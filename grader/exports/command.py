"""`grade export`, from the arguments to the exit code: gradebook, marks, one format, one file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from grader.assignment import Assignment, course_folder, known_slugs, load
from grader.errors import UsageError
from grader.exports.formats import Format, format_called
from grader.exports.order import Made, Order, Student
from grader.gradebook.book import Standing, open_existing
from grader.gradebook.marks import Policy, marks_of
from grader.gradebook.rubrics import standings_with_checks
from grader.handin import Handin
from grader.report.text import count, line
from grader.results import write_atomic
from grader.submission import display_text


@dataclass(frozen=True)
class ExportOptions:
    """The arguments of `grade export`."""

    format_name: str
    directory: Path
    output: Path
    template: Path | None = None
    column: str | None = None
    assignment: str | None = None
    gradebook: str | None = None
    course: Path | None = None


def export(options: ExportOptions) -> int:
    """Write one file to upload, and say who is not in it; raises `UsageError` where nobody would be."""
    chosen = format_called(options.format_name)
    _refuse_bad_arguments(options, chosen)
    with closing(open_existing(options.directory, options.gradebook, options.assignment)) as book:
        slug, standings = book.assignment, standings_with_checks(book)
    if not standings:
        raise UsageError(f"the gradebook holds no result of {slug} yet: nothing can be exported.")
    assignment = _assignment(slug, options.course)
    order = Order(
        slug=slug,
        title=assignment.title if assignment else slug,
        students=students_of(standings, _policy(assignment)),
        directory=options.directory,
        template=options.template,
        column=options.column,
    )
    made = chosen.make(order)
    _tell_rest(made)
    if not made.placed:
        advice = "; give what the LMS exports with --template" if _may_help(options, chosen) else ""
        raise UsageError(f"no student of {slug} can be placed, so {options.output} is not written{advice}.")
    write_atomic(options.output, made.data)
    sys.stdout.write(f"{options.output} holds {len(made.placed)} of {count(len(order.students), 'student')}.\n")
    return 0


def students_of(standings: Iterable[Standing], policy: Policy) -> tuple[Student, ...]:
    """Make the marks of a class, each with the ids that the student's last hand-in has.

    The attempt that counts may be an older one, and of Canvas' attachments just those of the last are still there.
    """
    standings = list(standings)
    last: dict[str, Handin] = {}
    for standing in standings:
        if standing.handin.ids or standing.student_id not in last:
            last[standing.student_id] = standing.handin
    return tuple(Student(mark, last[mark.student_id]) for mark in marks_of(standings, policy))


def _assignment(slug: str, course: Path | None) -> Assignment | None:
    """Find the assignment; without it there is no title and no policy, and that is said."""
    folder = course_folder(course)
    if slug in known_slugs(folder):
        return load(slug, folder)
    if course is not None:
        raise UsageError(f"{course} has no assignment {slug}, of which these marks are.")
    _tell(f"there is no assignment {slug} here, so no policy is applied to the scores; give its --course DIR.")
    return None


def _policy(assignment: Assignment | None) -> Policy:
    return Policy() if assignment is None else assignment.policy


def _refuse_bad_arguments(options: ExportOptions, chosen: Format) -> None:
    """Say what is wrong before anything is read."""
    for name in ("template", "column"):
        if getattr(options, name) is not None and name not in chosen.takes:
            raise UsageError(f"the format {options.format_name} takes no --{name}.")
    if options.output.is_dir():
        raise UsageError(f"{display_text(str(options.output))} is a folder: name the file to write with -o.")


def _may_help(options: ExportOptions, chosen: Format) -> bool:
    return "template" in chosen.takes and options.template is None


def _tell_rest(made: Made) -> None:
    """Say to staff what they would not see in the file."""
    for note in made.notes:
        _tell(note)
    if made.unplaced:
        many = len(made.unplaced)
        _tell(f"{many} {'student is' if many == 1 else 'students are'} not in the file:")
        _list([f"{one.student.id} ({one.student.name}): {one.why}" for one in made.unplaced])


def _list(lines: Sequence[str]) -> None:
    for one in lines:
        sys.stderr.write(f"  {line(one, 500)}\n")


def _tell(sentence: str) -> None:
    sys.stderr.write(f"grade: {sentence}\n")
