"""What is left of a result in a class of ten thousand: what the index and the table of grades need."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from grader.report.text import block
from grader.report.words import End, end_of
from grader.results import CheckResult, Outcome, Result, Status, Visibility, is_unwalled


@dataclass(frozen=True, slots=True)
class Head:
    """What a check is, whoever is judged; one object for the whole class."""

    id: str
    title: str
    max_points: float
    visibility: Visibility


@dataclass(frozen=True, slots=True)
class Mark:
    """How a check ended and what it gave; one object for all who got the same."""

    outcome: Outcome
    points: float | None
    mistake: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What the gradebook adds to a result: the mark that policy makes of it, and how it came to us."""

    points: float | None
    """The mark; None where nobody knows yet."""
    why: str
    """What policy did; empty where it did nothing."""
    attempt: int
    """Which of the student's attempts the mark is for."""
    attempts: int
    late: bool | None
    days_late: int
    untimed: bool
    """Whether there is a date that it is due, and nobody knows when it was handed in."""
    submitted_at: str
    notes: tuple[str, ...]
    gone: bool
    """Whether the student is no longer among the last class that was graded as a whole."""
    same: tuple[str, ...]
    """All who handed in these very files, this student among them; empty where nobody else did. Shared by all."""
    other_checks: bool = False
    """Whether the mark is of an attempt that other checks graded than the last one."""


@dataclass(frozen=True, slots=True)
class Row:
    """One submission in the class: `marks[i]` is of the check `heads[i]`; a null score is None."""

    id: str
    student: str
    status: Status
    score: float | None
    max_score: float
    message: str
    unwalled: bool
    heads: tuple[Head, ...]
    marks: tuple[Mark, ...]
    sha256: str
    seconds: array[float] = field(default_factory=lambda: array("f"), compare=False)
    """The time that each check took, in four bytes each."""
    record: Record | None = None

    @property
    def points(self) -> float | None:
        """Give the mark after policy; the score where nothing is known of one."""
        return self.score if self.record is None else self.record.points


def row_of(result: Result) -> Row:
    """Summarise a result, sharing with earlier rows whatever is the same."""
    return Row(
        id=result.submission.id,
        student=result.submission.student,
        status=result.status,
        score=result.score,
        max_score=result.max_score,
        message=block(result.message, 500),
        unwalled=is_unwalled(result),
        heads=_same_heads(tuple(_head(check) for check in result.checks)),
        marks=_same_marks(tuple(_mark(check.outcome, check.points, check.mistake) for check in result.checks)),
        sha256=result.submission.sha256,
        seconds=array("f", [check.seconds for check in result.checks]),
    )


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Sort by student, so that the order in which jobs finished leaves no trace."""
    return sorted(rows, key=lambda row: (row.student.casefold(), row.id))


def heads_of(rows: Iterable[Row]) -> dict[str, Head]:
    """List every check that a row has, by id, in the order of first appearance."""
    heads: dict[str, Head] = {}
    seen: set[int] = set()
    for row in rows:
        # Rows share their tuple of heads: ten thousand rows cost one look at it.
        if id(row.heads) not in seen:
            seen.add(id(row.heads))
            for head in row.heads:
                heads.setdefault(head.id, head)
    return heads


def ends_of(rows: Iterable[Row]) -> dict[str, Counter[End]]:
    """Count how each check ended over all rows, by the id of the check, in the order of `heads_of`."""
    rows = list(rows)
    ended: dict[str, Counter[End]] = {check: Counter() for check in heads_of(rows)}
    alike = Counter((id(row.heads), id(row.marks)) for row in rows)  # rows share these too
    shared = {(id(row.heads), id(row.marks)): row for row in rows}
    for key, many in alike.items():
        for head, mark in zip(shared[key].heads, shared[key].marks, strict=True):
            ended[head.id][end_of(mark.outcome, mark.points)] += many
    return ended


def _head(check: CheckResult) -> Head:
    return Head(check.id, check.title, check.max_points, check.visibility)


@lru_cache(maxsize=4096)
def _mark(outcome: Outcome, points: float | None, mistake: str | None) -> Mark:
    return Mark(outcome, points, mistake)


@lru_cache(maxsize=256)
def _same_heads(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    return heads


@lru_cache(maxsize=4096)
def _same_marks(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    return marks
