"""`brightspace`: the grades export of Brightspace, filled in or made anew.

Brightspace finds a student by `OrgDefinedId` or `Username`, each with a `#` before it, and an item by the title before
` Points Grade`; the last cell of each row is `#`.
"""

from __future__ import annotations

import re

from grader.errors import UsageError
from grader.exports.cells import known_as, name_cell, number_cell, other_maximum, table, unmarked
from grader.exports.fill import by_folder, choose, folder_key, keys, match, missed, with_mark
from grader.exports.order import Made, Order, apart
from grader.exports.template import Template, read_template

_END = "End-of-Line Indicator"
_HEAD = re.compile(r"(?P<title>.*) Points Grade(?P<rest>\s*<.*>)?\s*", re.DOTALL)
_MAXIMUM = re.compile(r"MaxPoints:\s*(\d+(?:[.,]\d+)?)")


class _Brightspace:
    takes = frozenset({"template", "column"})

    def make(self, order: Order) -> Made:
        """Fill the export in, or make the smallest file that imports."""
        return _filled(order, read_template(order.template)) if order.template else _new(order)


def _new(order: Order) -> Made:
    kind, head = (
        ("sid", "OrgDefinedId") if any(known_as(one, "sid") for one in order.students) else ("login", "Username")
    )
    placed, unplaced = apart(((one, known_as(one, kind).removeprefix("#")) for one in order.students), head)
    given = order.column or order.title
    found = _HEAD.fullmatch(given)
    rows = [[head, f"{name_cell(found['title'] if found else given)} Points Grade", _END]]
    rows += [[f"#{key}", number_cell(one.points), "#"] for one, key in placed]
    students = tuple(student for student, _ in placed)
    return Made(table(rows), students, tuple(unplaced), unmarked(students))


def _filled(order: Order, template: Template) -> Made:
    if template.column("OrgDefinedId") is None and template.column("Username") is None:
        raise UsageError(f"{template.called} is no export of Brightspace's: it has no OrgDefinedId and no Username.")
    heads = {column: found for column, head in enumerate(template.header) if (found := _HEAD.fullmatch(head))}
    column = choose(order, template, {column: head["title"] for column, head in heads.items()})
    rows = range(1, len(template.rows))
    by = keys(
        template, ("OrgDefinedId", ("sid",), "OrgDefinedId"), ("Username", ("login", "sid"), "username"),
        ("Email", ("email",), "address"), clean=_without_sign,
    )  # fmt: skip
    guess = folder_key(template, "Username", "username", _without_sign)
    matched = match(template, rows, order.students, [*by, *guess], lambda row: _name(template, row))
    given, left = with_mark(matched.rows)
    changes = {(row, column): number_cell(one.points, comma=template.comma) for row, one in given.items()}
    most = _MAXIMUM.search(heads[column]["rest"] or "")
    return Made(
        template.filled(changes),
        tuple(given.values()),
        (*matched.unplaced, *left),
        (
            f"filled the column {template.header[column]!r}.",
            *other_maximum(order, float(most[1].replace(",", ".")) if most else None, "Brightspace"),
            *by_folder(matched, lambda row: _name(template, row)),
            *missed(template, rows, matched, lambda row: _name(template, row) or template.value(row, 0)),
        ),
    )


def _without_sign(value: str) -> str:
    return value.strip().removeprefix("#")


def _name(template: Template, row: int) -> str:
    last, first = template.column("Last Name"), template.column("First Name")
    if last is None or first is None:
        return ""
    return f"{template.value(row, first)} {template.value(row, last)}".strip()


FORMAT = _Brightspace()
