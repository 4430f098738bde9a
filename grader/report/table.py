"""`grades.csv`: one row a submission, one column a check, then what the gradebook adds; safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from grader.report.findings import others_of
from grader.report.row import Row, heads_of
from grader.report.text import cell, number

_DERIVED = ("mark", "why", "late", "attempt", "attempts", "submitted_at", "in_last_class", "same_files_as", "notes")
"""At the end, so that whoever reads by position finds what has always been there."""


def grades_csv(rows: Sequence[Row]) -> bytes:
    """Write the marks of a class as UTF-8 CSV; what has no number (not graded, manual) is an empty cell."""
    heads = tuple(heads_of(rows))
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    checks = [cell(head) for head in heads]
    writer.writerow(["id", "student", "status", "score", "max_score", *checks, "message", *_DERIVED])
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
                *_derived(row),
            ]
        )
    return file.getvalue().encode()


def _derived(row: Row) -> list[str]:
    """Write the mark, and what is known of how the submission came; in the order of `_DERIVED`."""
    record = row.record
    if record is None:
        return [_number(row.points)] + [""] * (len(_DERIVED) - 1)
    return [
        _number(record.points),
        cell(record.why),
        {True: "yes", False: "no", None: ""}[record.late],
        str(record.attempt),
        str(record.attempts),
        cell(record.submitted_at),
        "no" if record.gone else "yes",
        cell(others_of(row)),
        cell(" ".join(record.notes)),
    ]


def _number(value: float | None) -> str:
    return "" if value is None else number(value)
