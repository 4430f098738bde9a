"""A class for the tests of exports: nasty names, marks of every kind, and the ids of each platform."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.exports.formats import format_called
from grader.exports.order import Made, Order, Student
from grader.gradebook.marks import Mark
from grader.handin import Handin

NASTY = (
    "Doe, Jane",
    "Müller, Zoë",
    "=HYPERLINK(1)",
    " +1",
    "＝1+1",  # noqa: RUF001 - wide, as a spreadsheet reads it
    'O"Brien, "Pat"',
    "new\nline, Ann",
    "山田 太郎",
    "@SUM(A1)",
    "\t-2",
)
"""Names as people have them, and as nobody should."""


def student(
    number: int,
    name: str = "Doe, Jane",
    points: float | None = 17.0,
    ids: Mapping[str, str] = {},
    layout: str = "files",
    **more: object,
) -> Student:
    """Make a student with a mark; `more` are fields of the mark."""
    known: dict[str, object] = {
        "student_id": f"student_{number}",
        "student": name,
        "handin": Handin(ids=dict(ids)),
        "outcome_id": number,
        "attempt": 1,
        "attempts": 1,
        "status": "graded",
        "score": points,
        "max_score": 20.0,
        "points": points,
    }
    mark = Mark(**known | more)  # type: ignore[arg-type]  # made of keywords
    return Student(mark, Handin(layout=layout, ids=dict(ids)))


def nasty_class(*kinds: str, start: int = 1001) -> tuple[Student, ...]:
    """Make a student of each nasty name, with ids of these kinds; marks from 0.5 upwards."""
    return tuple(student(at, name, at + 0.5, dict.fromkeys(kinds, f"{start + at}")) for at, name in enumerate(NASTY))


def order(
    students: Sequence[Student],
    directory: Path = Path(),
    template: Path | None = None,
    column: str | None = None,
    title: str = "HW1 SineNet",
) -> Order:
    """Ask for an export of the assignment `sinenet`."""
    return Order("sinenet", title, tuple(students), directory, template, column)


def made(name: str, asked: Order) -> Made:
    """Make a file of a format."""
    return format_called(name).make(asked)


def pages(directory: Path, students: Sequence[Student]) -> None:
    """Write a page for each student."""
    for one in students:
        folder = directory / "submissions" / one.id
        folder.mkdir(parents=True)
        (folder / "feedback.html").write_text(f"<p>{one.id}</p>")
