"""What lateness costs on a platform."""

from __future__ import annotations

import datetime

import pytest

from grader.gradebook.marks import Policy
from grader.platforms.contract import Found
from grader.platforms.lateness import after_lateness
from tests.platforms.made import line, told

OURS = Policy(due=datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC), late_percent_per_day=10)
NOON = "2026-02-03T12:00:00"


@pytest.mark.parametrize(
    ("due", "submitted_at", "left"),
    [
        ("2026-02-03T00:00:00+00:00", f"{NOON}+00:00", 9.0),
        ("2026-02-03T12:00:00-08:00", f"{NOON}-08:00", 10.0),
        ("2026-02-03T00:00:00", f"{NOON}Z", 9.0),
        ("", f"{NOON}Z", 7.0),
        ("at the end of the term", f"{NOON}Z", 7.0),
        ("2026-02-03T00:00:00+00:00", "", 10.0),
    ],
    ids=["late", "in time", "no offset", "not told", "not a date", "when is not known"],
)
def test_due_date(due: str, submitted_at: str, left: float) -> None:
    """The platform's date for this student holds, else, also where that cannot be read, the assignment's own."""
    result = told(line(had=10, most=10)).result

    score, why = after_lateness(result, Found(due=due, submitted_at=submitted_at), OURS)

    assert score == left
    assert bool(why) == (left < 10)
