"""`canvas`: the gradebook as Canvas exports and imports it, filled in or made anew.

Canvas finds a student by `ID` (its user id), `SIS User ID`, `SIS Login ID`, then the name, and an assignment by the
number in brackets after its title, then the exact title; what it does not find it asks to create.
"""

from __future__ import annotations

import re

from grader.errors import UsageError
from grader.exports.cells import known_as, name_cell, number_cell, other_maximum, table, unmarked
from grader.exports.fill import Key, by_folder, choose, folder_key, keys, match, missed, with_mark
from grader.exports.order import Made, Order, Student, Unplaced, apart
from grader.exports.template import Template, read_template

_POINTS = "Points Possible"
_NUMBER = re.compile(r"\s*\(\d+\)\s*$")
_OWN = re.compile(r"(Current|Final|Override) (Score|Points|Grade|Status)")
"""Titles that Canvas takes for columns of its own, and does not read."""
_NOT_A_STUDENT = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
_EXCUSED = "EX"


class _Canvas:
    takes = frozenset({"template", "column"})

    def make(self, order: Order) -> Made:
        """Fill the exported gradebook in, or make the smallest that imports."""
        return _filled(order, read_template(order.template)) if order.template else _new(order)


def canvas_user(student: Student) -> str:
    """Look up the user id; Brightspace, for one, has another number under that name."""
    return student.ids.get("user", "") if student.handin.layout in {"canvas", "files"} else ""


def _safe_user(student: Student) -> str:
    return known_as(student, "user") if canvas_user(student) else ""


def _new(order: Order) -> Made:
    title = order.column or order.title
    if _OWN.search(title):
        raise UsageError(f"Canvas does not read a column called {title!r}: give another title with --column.")
    placed, unplaced = apart(((one, _safe_user(one)) for one in order.students), "Canvas user id")
    if _NUMBER.search(title):
        # The column is one that Canvas has, where an empty cell would take away what stands in it.
        unplaced += [Unplaced(one, "no mark is known yet") for one, _ in placed if one.points is None]
        placed = [(one, user) for one, user in placed if one.points is not None]
    rows = [
        ["Student", "ID", "Section", name_cell(title)],
        [f"    {_POINTS}", "", "", number_cell(order.max_points)],
        # A row whose first cell holds these words is read as the one above.
        *([name_cell(one.name.replace(_POINTS, "?")), user, "", number_cell(one.points)] for one, user in placed),
    ]
    students = tuple(student for student, _ in placed)
    return Made(table(rows), students, tuple(unplaced), unmarked(students))


def _filled(order: Order, template: Template) -> Made:
    section, identifier = template.column("Section"), template.column("ID")
    if section is None or identifier is None:
        raise UsageError(f"{template.called} is no Canvas gradebook: it has no columns ID and Section.")
    points_row = next((row for row in range(1, len(template.rows)) if _POINTS in template.value(row, 0)), None)
    rows = [row for row in range(1, len(template.rows)) if row != points_row and not _is_settings(template, row)]
    titles = {
        column: _NUMBER.sub("", head)
        for column, head in enumerate(template.header)
        if head and column > section and not _OWN.search(head) and not _is_read_only(template, points_row, column)
    }
    column = choose(order, template, titles)
    by = [Key(identifier, canvas_user, "Canvas user id")]
    by += keys(
        template,
        ("SIS User ID", ("sid",), "SIS user id"),
        ("SIS Login ID", ("login", "email", "sid"), "login"),
    )
    matched = match(
        template,
        rows,
        order.students,
        [*by, *folder_key(template, "SIS Login ID", "login")],
        lambda row: _name(template, row),
    )
    excused = {row: one for row, one in matched.rows.items() if _is_excused(template.value(row, column))}
    given, left = with_mark({row: one for row, one in matched.rows.items() if row not in excused})
    changes = {(row, column): number_cell(one.points, comma=template.comma) for row, one in given.items()}
    there = template.number(points_row, column) if points_row is not None else None
    return Made(
        template.filled(changes),
        tuple(given.values()),
        (*matched.unplaced, *(Unplaced(one, "Canvas has them excused (EX)") for one in excused.values()), *left),
        (
            f"filled the column {template.header[column]!r}.",
            *other_maximum(order, there, "Canvas"),
            *by_folder(matched, lambda row: _name(template, row)),
            *missed(template, rows, matched, lambda row: _name(template, row)),
        ),
    )


def _is_settings(template: Template, row: int) -> bool:
    return all(_NOT_A_STUDENT.fullmatch(cell.value) for cell in template.rows[row])


def _is_read_only(template: Template, points_row: int | None, column: int) -> bool:
    return points_row is not None and "read only" in template.value(points_row, column)


def _is_excused(value: str) -> bool:
    return value.strip().upper() == _EXCUSED


def _name(template: Template, row: int) -> str:
    last, first = template.column("LastName"), template.column("FirstName")
    if last is not None and first is not None:
        return f"{template.value(row, last)}, {template.value(row, first)}"
    return template.value(row, 0)


FORMAT = _Canvas()
