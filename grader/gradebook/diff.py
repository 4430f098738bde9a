"""What is different between two sets of results of one assignment: whose score, by how much and by which check.

The latest result of each student is compared; which attempt counts and what lateness costs is policy, and no part of
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from grader.gradebook.book import ROWS, Gradebook, Standing
from grader.gradebook.known import Known
from grader.results import Outcome

_Pair = tuple[Standing, Standing]


class CheckChange(msgspec.Struct, frozen=True, kw_only=True):
    """A check that ended otherwise; what there was no such check for is None."""

    id: str
    title: str
    old_outcome: Outcome | None
    new_outcome: Outcome | None
    old_points: float | None
    new_points: float | None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A student whose score, or the points of a check, are different; a score of None is not graded."""

    id: str
    student: str
    resubmitted: bool
    """Whether other files were handed in."""
    old_score: float | None
    new_score: float | None
    old_max_score: float
    new_max_score: float
    difference: float | None
    """New less old; None where one of them is."""
    checks: tuple[CheckChange, ...]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """All that is different; what `grade diff --json` prints."""

    schema: int = 1
    assignment: str
    old: str
    new: str
    compared: int
    """Students with a result on both sides."""
    changed: tuple[Change, ...]
    only_old: tuple[str, ...] = ()
    """Ids of students who are on record in one of them alone."""
    only_new: tuple[str, ...] = ()


class _Check(msgspec.Struct):
    id: str
    title: str
    points: float | None
    outcome: Outcome


class _Checks(msgspec.Struct):
    """As much of a result as is compared: of ten thousand the rest is not even decoded."""

    checks: tuple[_Check, ...]


def between(old: Gradebook, new: Gradebook, names: tuple[str, str]) -> Difference:
    """Compare the latest results in two gradebooks; `names` is what they are called."""
    before, after = ({one.student_id: one for one in book.standings() if one.outcome_id} for book in (old, new))
    pairs = [(before[student], after[student]) for student in sorted(before.keys() & after.keys())]
    return Difference(
        assignment=new.assignment,
        old=names[0],
        new=names[1],
        compared=len(pairs),
        changed=tuple(_changes(old, new, pairs)),
        only_old=tuple(sorted(before.keys() - after.keys())),
        only_new=tuple(sorted(after.keys() - before.keys())),
    )


def last_change(book: Gradebook, name: str) -> Difference:
    """Compare how each student's latest attempt is graded with how it was graded before."""
    pairs = sorted(book.regraded(), key=lambda pair: pair[1].student_id)
    return Difference(
        assignment=book.assignment,
        old=f"{name} before its last change",
        new=name,
        compared=len(pairs),
        changed=tuple(_changes(book, book, pairs)),
    )


def _changes(old: Gradebook, new: Gradebook, pairs: Sequence[_Pair]) -> Iterator[Change]:
    for start in range(0, len(pairs), ROWS):
        some = pairs[start : start + ROWS]
        before = _checks(old, [one.outcome_id for one, _ in some])
        after = _checks(new, [one.outcome_id for _, one in some])
        for pair in some:
            checks = tuple(_check_changes(before[pair[0].outcome_id], after[pair[1].outcome_id]))
            if pair[0].score != pair[1].score or any(check.old_points != check.new_points for check in checks):
                yield _change(*pair, checks)


def _checks(book: Gradebook, outcomes: Sequence[int]) -> dict[int, dict[str, _Check]]:
    return {known.outcome_id: _decoded(known) for known in book.results(outcomes)}


def _decoded(known: Known) -> dict[str, _Check]:
    return {check.id: check for check in known.part(_Checks).checks}


def _check_changes(before: dict[str, _Check], after: dict[str, _Check]) -> Iterator[CheckChange]:
    for check, either in (before | after).items():
        old, new = before.get(check), after.get(check)
        if old is None or new is None or (old.outcome, old.points) != (new.outcome, new.points):
            yield CheckChange(
                id=check,
                title=either.title,
                old_outcome=old.outcome if old else None,
                new_outcome=new.outcome if new else None,
                old_points=old.points if old else None,
                new_points=new.points if new else None,
            )


def _change(old: Standing, new: Standing, checks: tuple[CheckChange, ...]) -> Change:
    known = old.score is not None and new.score is not None
    return Change(
        id=new.student_id,
        student=new.student,
        resubmitted=old.sha256 != new.sha256,
        old_score=old.score,
        new_score=new.score,
        old_max_score=old.max_score,
        new_max_score=new.max_score,
        difference=round((new.score or 0.0) - (old.score or 0.0), 6) if known else None,
        checks=checks,
    )
