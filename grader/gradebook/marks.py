"""Marks are derived: which attempt counts, what lateness costs, how it is rounded; results stay as they are."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from grader.gradebook.book import Standing
from grader.handin import Handin


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `[policy]` in `assignment.toml` says."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What one student gets, and which attempt it is for; `points` is None where nobody knows yet."""

    student_id: str
    student: str
    handin: Handin
    outcome_id: int
    attempt: int
    """Which of the student's attempts counts, from 1."""
    attempts: int
    status: str
    score: float | None
    max_score: float
    points: float | None
    """The score after policy."""
    penalty: float = 0.0
    """What was taken off for lateness, in points."""
    why: str = ""
    """One sentence on what policy did; empty where it did nothing."""


def marks_of(standings: Iterable[Standing], policy: Policy) -> list[Mark]:
    """Make the marks of a class, sorted by student id."""
    by_student: dict[str, list[Standing]] = {}
    for standing in standings:
        by_student.setdefault(standing.student_id, []).append(standing)
    return [_mark(attempts, policy) for _, attempts in sorted(by_student.items())]


def _mark(attempts: list[Standing], _: Policy) -> Mark:
    chosen = attempts[-1]
    return Mark(
        student_id=chosen.student_id,
        student=chosen.student,
        handin=chosen.handin,
        outcome_id=chosen.outcome_id,
        attempt=len(attempts),
        attempts=len(attempts),
        status=chosen.status,
        score=chosen.score,
        max_score=chosen.max_score,
        points=chosen.score,
    )
