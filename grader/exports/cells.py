"""Cells and tables that we write ourselves, as another program reads them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from grader.exports.order import Order, Student, finite
from grader.report.text import cell, line


def number_cell(value: float | None, *, comma: bool = False) -> str:
    """Write a number with at most four decimals and no exponent; what is unknown is an empty cell, never 0."""
    known = finite(value)
    if known is None:
        return ""
    text = f"{known:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace(".", ",") if comma else text


def name_cell(text: str) -> str:
    """Write a name on one line; one that a spreadsheet would run is made harmless."""
    return cell(line(text))


def known_as(student: Student, *kinds: str) -> str:
    """Look up what a platform knows a student by; nothing where it is not safe as a cell, or not known."""
    for kind in kinds:
        value = student.ids.get(kind, "")
        if value and value == name_cell(value):
            return value
    return ""


def two_names(name: str) -> tuple[str, str]:
    """Split a name in last and first: at its comma, or else before its last word."""
    last, comma, first = name.partition(",")
    if not comma:
        first, _, last = name.rpartition(" ")
    return last.strip(), first.strip()


def table(
    rows: Iterable[Sequence[str]], *, bom: bool = False, quote_all: bool = False, line_end: str = "\r\n"
) -> bytes:
    """Write a table as CSV in UTF-8, quoted by RFC 4180."""
    file = io.StringIO(newline="")
    if quote_all:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator=line_end).writerows(rows)
    else:
        csv.writer(file, lineterminator=line_end).writerows(rows)
    return file.getvalue().encode("utf-8-sig" if bom else "utf-8", errors="replace")


def unmarked(students: Iterable[Student]) -> tuple[str, ...]:
    """Say whose cell is empty because nobody knows the mark yet."""
    names = [student.id for student in students if student.points is None]
    if not names:
        return ()
    return (f"no mark is known yet, so the cell is empty, of {', '.join(names)}.",)


def other_maximum(order: Order, there: float | None, place: str) -> tuple[str, ...]:
    """Say that the platform counts to another maximum than the marks do; nothing is rescaled."""
    if there is None or not order.max_points or abs(there - order.max_points) < 1e-6:
        return ()
    ours, theirs = number_cell(order.max_points), number_cell(there)
    return (f"the marks are out of {ours}, and {place} says {theirs}: they are written as they are.",)
