"""Marks are derived: which attempt counts, what lateness costs, how it is rounded; results stay as they are.

A mark is made from the attempts of a student in this order: each attempt's lateness, what is left of its score, the
attempt that counts, rounding. Nothing here is written down anywhere: another policy gives other marks at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import msgspec

from grader.handin import Handin
from grader.report.text import number, points

if TYPE_CHECKING:  # a database is not needed to read `assignment.toml`
    from grader.gradebook.book import Standing

DAY = datetime.timedelta(days=1)

_Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `[policy]` in `assignment.toml` says; as it stands here, a mark is the score of the latest attempt."""

    attempt: Literal["latest", "best"] = "latest"
    """Which attempt counts. The best is the one with the most points after lateness, and of equals the first."""
    due: Annotated[datetime.datetime, msgspec.Meta(tz=True)] | None = None
    """Until when; a time of submission without an offset is taken in the zone of this one."""
    grace_minutes: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0
    """Who hands in within it is in time; who does not is late from `due` on."""
    late_percent_per_day: _Percent = 0.0
    """What each started day of lateness, 24 hours from `due`, costs: percent of `max_score`."""
    late_percent_at_most: _Percent = 100.0
    """What lateness costs at most, unless there are no marks at all."""
    no_marks_after_days: Annotated[int, msgspec.Meta(ge=0, le=10_000)] | None = None
    """Who is later than so many days gets nothing."""
    round_to: Annotated[float, msgspec.Meta(gt=0, le=1000)] | None = None
    """The step that marks are rounded to, halves up, but never above `max_score`."""


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
    late: bool | None = None
    """Whether the attempt that counts was late; None where nobody knows."""
    days_late: int = 0
    """Started days; a platform that only says late is taken for one."""
    other_checks: bool = False
    """Whether other checks graded it than the attempt that was handed in last."""
    why: str = ""
    """One sentence on what policy did; empty where it did nothing."""


class _Worth(NamedTuple):
    """What an attempt is worth: its lateness, and what that leaves of its score."""

    late: bool | None
    days: int
    timed: bool
    left: Decimal | None


class _Alone(NamedTuple):
    """The one attempt that is known."""

    handin: Handin
    score: float | None
    max_score: float
    waiting: bool = False
    checks: str = ""
    last_run: int = 0


def mark_of_one(score: float, max_score: float, handin: Handin, policy: Policy) -> tuple[float, str]:
    """Make the mark of an attempt that is alone; returns the points, and a sentence on what policy did."""
    attempt = _Alone(handin, score, max_score)
    worth = _worth(attempt, policy)
    rounded = _rounded(worth.left, max_score, policy)
    assert rounded is not None
    return round(float(rounded), 6), _why([attempt], [worth], 0, rounded, policy)


def marks_of(standings: Iterable[Standing], policy: Policy) -> list[Mark]:
    """Make the marks of a class, sorted by student id."""
    by_student: dict[str, list[Standing]] = {}
    for standing in standings:
        by_student.setdefault(standing.student_id, []).append(standing)
    return [_mark(_in_order(attempts, policy), policy) for _, attempts in sorted(by_student.items())]


def _mark(attempts: Sequence[Standing], policy: Policy) -> Mark:
    worths = [_worth(attempt, policy) for attempt in attempts]
    at = _chosen(worths, policy)
    chosen, worth = attempts[at], worths[at]
    rounded = _rounded(worth.left, chosen.max_score, policy)
    return Mark(
        student_id=chosen.student_id,
        student=chosen.student,
        handin=chosen.handin,
        outcome_id=chosen.outcome_id,
        attempt=at + 1,
        attempts=len(attempts),
        status=chosen.status,
        score=chosen.score,
        max_score=chosen.max_score,
        points=None if rounded is None else round(float(rounded), 6),
        penalty=round(float(_taken_off(chosen, worth)), 6),
        late=worth.late,
        days_late=worth.days,
        other_checks=_newer_checks(attempts, at) is not None,
        why=_why(attempts, worths, at, rounded, policy),
    )


def _in_order(attempts: list[Standing], policy: Policy) -> list[Standing]:
    """Sort by the time of submission where all have one, else leave them as the runs saw them."""
    timed = [(when, attempt) for attempt in attempts if (when := _when(attempt.handin, policy)) is not None]
    if len(timed) < len(attempts):
        return attempts
    return [attempt for _, attempt in sorted(timed, key=lambda pair: pair[0])]


def _when(handin: Handin, policy: Policy) -> datetime.datetime | None:
    """Read when it was handed in; None where that is not known, or not a time."""
    try:
        when = datetime.datetime.fromisoformat(handin.submitted_at)
    except ValueError:
        return None
    zone = policy.due.tzinfo if policy.due else datetime.UTC
    return when if when.tzinfo else when.replace(tzinfo=zone)


def _worth(attempt: Standing | _Alone, policy: Policy) -> _Worth:
    when = _when(attempt.handin, policy)
    late, days = attempt.handin.late, 1 if attempt.handin.late else 0
    timed = policy.due is not None and when is not None
    if policy.due is not None and when is not None:
        over = when - policy.due
        late = over > datetime.timedelta(minutes=policy.grace_minutes)
        days = -(-over // DAY) if late else 0
    return _Worth(late, days, timed, _left(attempt, days, policy))


def _left(attempt: Standing | _Alone, days: int, policy: Policy) -> Decimal | None:
    """Take off what lateness costs; it takes no score below zero."""
    if attempt.score is None:
        return None
    score = _exact(attempt.score)
    if not days or score <= 0:
        return score
    if policy.no_marks_after_days is not None and days > policy.no_marks_after_days:
        return Decimal(0)
    percent = min(_exact(policy.late_percent_per_day) * days, _exact(policy.late_percent_at_most))
    return max(Decimal(0), score - percent * _exact(attempt.max_score) / 100)


def _chosen(worths: Sequence[_Worth], policy: Policy) -> int:
    """Choose the attempt that counts; one that is not graded is never passed over for an older one."""
    last = len(worths) - 1
    left = [(worth.left, -at) for at, worth in enumerate(worths) if worth.left is not None]
    if policy.attempt == "latest" or not left:
        return last
    best = -max(left)[1]
    unknown = [at for at, worth in enumerate(worths) if worth.left is None and at > best]
    return unknown[-1] if unknown else best


def _newer_checks(attempts: Sequence[Standing | _Alone], at: int) -> int | None:
    """Find the attempt that the last run of all saw, if other checks have graded it than the one that counts."""
    newest = max(range(len(attempts)), key=lambda number: attempts[number].last_run)
    ours, theirs = attempts[at].checks, attempts[newest].checks
    return newest if ours and theirs and ours != theirs else None


def _rounded(left: Decimal | None, max_score: float, policy: Policy) -> Decimal | None:
    if left is None or policy.round_to is None:
        return left
    step, most = _exact(policy.round_to), _exact(max_score)
    rounded = (left / step + Decimal("0.5")).to_integral_value(ROUND_FLOOR) * step
    return most if left <= most < rounded else rounded


def _taken_off(attempt: Standing | _Alone, worth: _Worth) -> Decimal:
    return Decimal(0) if attempt.score is None or worth.left is None else _exact(attempt.score) - worth.left


def _why(
    attempts: Sequence[Standing | _Alone], worths: Sequence[_Worth], at: int, rounded: Decimal | None, policy: Policy
) -> str:
    """Say what policy did, part by part, in one sentence."""
    chosen, worth, many = attempts[at], worths[at], len(attempts)
    if chosen.waiting:
        return "The last run ended before it got to this: run it again."
    if worth.left is None:
        left = [one.left for one in worths if one.left is not None]
        other = f"; an earlier one has {points(float(max(left)))} and does not stand in for it" if left else ""
        return f"Attempt {at + 1} of {many} could not be graded{other}." if many > 1 else ""
    parts = []
    if policy.attempt == "best" and many > 1:
        parts.append(f"attempt {at + 1} of {many} is the best")
        if unknown := [str(number + 1) for number, one in enumerate(worths) if one.left is None]:
            parts.append(f"what could not be graded is left out (attempt {', '.join(unknown)})")
    if (newest := _newer_checks(attempts, at)) is not None:
        parts.append(f"attempt {at + 1} was graded by other checks than attempt {newest + 1}")
    if off := _taken_off(chosen, worth):
        days = f"{worth.days} {'day' if worth.days == 1 else 'days'} late"
        late = days if worth.timed else "late by an unknown time, taken for one day"
        none = policy.no_marks_after_days is not None and worth.days > policy.no_marks_after_days
        parts.append(f"{late}: {'no marks' if none else f'{points(float(off))} off'}")
    if rounded != worth.left:
        parts.append(f"rounded from {number(float(worth.left))}")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _exact(value: float) -> Decimal:
    """Take a number as it is written: 0.1 is a tenth."""
    return Decimal(str(value))
