"""`nbgrader`: the table of `nbgrader export`, for what reads that; it is joined with commas and knows no quotes."""

from __future__ import annotations

import datetime

from grader.exports.cells import name_cell, number_cell, two_names, unmarked
from grader.exports.order import Made, Order, Student

_HEAD = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email",
    "raw_score", "late_submission_penalty", "score", "max_score",
)  # fmt: skip


class _Nbgrader:
    takes: frozenset[str] = frozenset()

    def make(self, order: Order) -> Made:
        """Write a row for each student, under the name of the folder that nbgrader has."""
        rows = [_HEAD, *(_row(order.slug, student) for student in order.students)]
        text = "".join(",".join(row) + "\n" for row in rows)
        return Made(text.encode("utf-8", errors="replace"), order.students, notes=unmarked(order.students))


def _row(slug: str, student: Student) -> tuple[str, ...]:
    mark = student.mark
    last, first = two_names(student.name)
    return (
        _bare(slug),
        "",
        _timestamp(mark.handin.submitted_at),
        _bare(student.ids.get("login") or student.id),
        _bare(last),
        _bare(first),
        _bare(student.ids.get("email", "")),
        number_cell(mark.score),
        number_cell(student.penalty),
        number_cell(student.points),
        number_cell(student.max_points),
    )


def _bare(value: str) -> str:
    """Take out what would shift the columns where nothing is quoted; only what is left is judged as a formula."""
    return name_cell(value.replace(",", " ").replace('"', "'"))


def _timestamp(when: str) -> str:
    """Write a time as nbgrader does: in UTC, without saying so; nothing where it is none, or UTC has none for it."""
    try:
        time = datetime.datetime.fromisoformat(when)
        return str(time.astimezone(datetime.UTC).replace(tzinfo=None) if time.tzinfo else time)
    except (ValueError, OverflowError):
        return ""


FORMAT = _Nbgrader()
