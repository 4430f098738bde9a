"""`blackboard`: the Grade Centre's CSV, filled in or made anew.

Blackboard finds a student by `Username`, and a column by the number behind `|`; without one it makes a new column.
"""

from __future__ import annotations

import re

from grader.errors import UsageError
from grader.exports.cells import known_as, name_cell, number_cell, other_maximum, table, two_names, unmarked
from grader.exports.fill import by_folder, choose, folder_key, keys, match, missed, with_mark
from grader.exports.order import Made, Order, apart
from grader.exports.template import Template, read_template

_HEAD = re.compile(r"(?P<title>.*?)\s*(?:\[Total Pts: (?P<points>[^\]]*)\]\s*)?\|\s*\d+\s*", re.DOTALL)


class _Blackboard:
    takes = frozenset({"template", "column"})

    def make(self, order: Order) -> Made:
        """Fill the download in, or make a file with a column that Blackboard adds."""
        return _filled(order, read_template(order.template)) if order.template else _new(order)


def _new(order: Order) -> Made:
    placed, unplaced = apart(((one, known_as(one, "login")) for one in order.students), "username")
    rows = [["Last Name", "First Name", "Username", name_cell(order.column or order.title)]]
    rows += [[*map(name_cell, two_names(one.name)), login, number_cell(one.points)] for one, login in placed]
    students = tuple(student for student, _ in placed)
    return Made(table(rows, bom=True, quote_all=True), students, tuple(unplaced), unmarked(students))


def _filled(order: Order, template: Template) -> Made:
    username = template.column("Username")
    if username is None:
        raise UsageError(f"{template.called} is no download of Blackboard's: it has no column Username.")
    heads = {column: found for column, head in enumerate(template.header) if (found := _HEAD.fullmatch(head))}
    titles = {column: head["title"] for column, head in heads.items() if not _is_computed(head["points"] or "")}
    column = choose(order, template, titles)
    rows = range(1, len(template.rows))
    by = keys(
        template, ("Username", ("login",), "username"), ("Student ID", ("sid",), "student id"),
        ("Username", ("sid", "email"), "username"),
    )  # fmt: skip
    matched = match(template, rows, order.students, [*by, *folder_key(template, "Username", "username")])
    given, left = with_mark(matched.rows)
    changes = {(row, column): number_cell(one.points, comma=template.comma) for row, one in given.items()}
    points = re.match(r"\d+(?:[.,]\d+)?", heads[column]["points"] or "")
    return Made(
        template.filled(changes),
        tuple(given.values()),
        (*matched.unplaced, *left),
        (
            f"filled the column {template.header[column]!r}.",
            *other_maximum(order, float(points[0].replace(",", ".")) if points else None, "Blackboard"),
            *by_folder(matched, lambda row: _name(template, row)),
            *missed(template, rows, matched, lambda row: template.value(row, username)),
        ),
    )


def _name(template: Template, row: int) -> str:
    parts = (template.column("Last Name"), template.column("First Name"))
    return ", ".join(value for part in parts if part is not None and (value := template.value(row, part).strip()))


def _is_computed(points: str) -> bool:
    """Tell a column that Blackboard computes, such as the weighted total, and does not read."""
    return points.startswith("up to")


FORMAT = _Blackboard()
