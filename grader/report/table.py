"""`grades.csv`: one row a submission, one column a check, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from grader.report.row import Row, heads_of
from grader.report.text import cell, number


def grades_csv(rows: Sequence[Row]) -> bytes:
    """Write the marks of a class as UTF-8 CSV; what has no number (not graded, manual) is an empty cell."""
    heads = tuple(heads_of(rows))
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["id", "student", "status", "score", "max_score", *(cell(head) for head in heads), "message"])
    for row in rows:
        given = {head.id: mark.points for head, mark in zip(row.heads, row.marks, strict=True)}
        writer.writerow(
            [
                cell(row.id),
                cell(row.student),
                row.status,
                _number(row.score),
                _number(row.max_score),
                *(_number(given.get(head)) for head in heads),
                cell(row.message),
            ]
        )
    return file.getvalue().encode()


def _number(value: float | None) -> str:
    return "" if value is None else number(value)
