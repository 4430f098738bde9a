"""What lateness costs on a platform: the assignment's policy, by the due date that the platform has for this student.

Which attempt counts is the platform's to say: here there is one.
"""

from __future__ import annotations

import datetime

import msgspec

from grader.gradebook.marks import Policy, mark_of_one
from grader.handin import Handin
from grader.platforms.contract import Found
from grader.results import Result


def after_lateness(result: Result, found: Found, policy: Policy) -> tuple[float, str]:
    """Return the score after lateness and rounding, and a sentence on what they did; empty where they did nothing."""
    assert result.score is not None
    if (due := _moment(found.due)) is not None:
        policy = msgspec.structs.replace(policy, due=due)
    handin = Handin(layout="platform", submitted_at=found.submitted_at)
    return mark_of_one(result.score, result.max_score, handin, policy)


def _moment(text: str) -> datetime.datetime | None:
    """Read a moment; one that cannot be read is like none, so that the assignment's own due date holds."""
    try:
        when = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=datetime.UTC)
