"""`csv`: all that is known of each mark, for a spreadsheet or a script; no platform takes it as it is."""

from __future__ import annotations

from grader.exports.cells import name_cell, number_cell, table, unmarked
from grader.exports.order import Made, Order, Student

_LATE = {True: "yes", False: "no", None: ""}


class _Plain:
    takes: frozenset[str] = frozenset()

    def make(self, order: Order) -> Made:
        """Write a row for each student, and a column for each kind of id that somebody has."""
        kinds = sorted({kind for student in order.students for kind in student.ids})
        tail = ["late", "attempt", "score", "mark", "max", "penalty", "status", "why"]
        head = ["id", "name", *(name_cell(f"lms_{kind}") for kind in kinds), *tail]
        rows = [_row(student, kinds) for student in order.students]
        return Made(table([head, *rows], line_end="\n"), order.students, notes=unmarked(order.students))


def _row(student: Student, kinds: list[str]) -> list[str]:
    mark = student.mark
    return [
        name_cell(student.id),
        name_cell(student.name),
        *(name_cell(student.ids.get(kind, "")) for kind in kinds),
        _LATE[mark.late],
        str(mark.attempt),
        number_cell(mark.score),
        number_cell(student.points),
        number_cell(student.max_points),
        number_cell(student.penalty),
        name_cell(mark.status),
        name_cell(mark.why),
    ]


FORMAT = _Plain()
