"""Tests of `grader.gradebook.marks`: which attempt counts, what lateness costs, how marks are rounded."""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.assignment import load
from grader.errors import UsageError
from grader.gradebook.book import Standing
from grader.gradebook.marks import Mark, Policy, marks_of
from grader.handin import Handin

ZONE = datetime.timezone(datetime.timedelta(hours=1))
DUE = datetime.datetime(2026, 3, 1, 12, 0, tzinfo=ZONE)
LATE = Policy(due=DUE, late_percent_per_day=10)


def attempt(score: float | None = 16.0, submitted_at: str = "", late: bool | None = None, **more: Any) -> Standing:
    """Make an attempt of Amy's, of 20 points."""
    base: dict[str, Any] = {
        "outcome_id": 1,
        "student_id": "amy",
        "student": "Amy",
        "sha256": "5e" * 32,
        "handin": Handin(submitted_at=submitted_at, late=late),
        "first_run": 1,
        "last_run": 1,
        "status": "graded" if score is not None else "not_graded",
        "score": score,
        "max_score": 20.0,
    }
    return Standing(**{**base, **more})


def mark(policy: Policy, *attempts: Standing) -> Mark:
    """Make Amy's mark."""
    (one,) = marks_of(attempts, policy)
    return one


def at(**later: float) -> str:
    """Write a time so much later than the course's."""
    return (DUE + datetime.timedelta(**later)).isoformat()


# Without a policy


def test_without_policy_a_mark_is_the_latest_score() -> None:
    """The attempt seen last counts, its score is the mark, and there is nothing to explain."""
    found = mark(Policy(), attempt(18.0), attempt(16.0, late=True, outcome_id=2))

    assert (found.points, found.penalty, found.attempt, found.attempts, found.why) == (16.0, 0.0, 2, 2, "")
    assert (found.outcome_id, found.late, found.days_late) == (2, True, 1)


def test_marks_are_sorted_by_student() -> None:
    """One mark a student, by id."""
    class_ = [attempt(student_id="bob"), attempt(student_id="amy"), attempt(student_id="bob")]

    assert [(one.student_id, one.attempts) for one in marks_of(class_, Policy())] == [("amy", 1), ("bob", 2)]


# Which attempt


def test_latest_goes_by_time_where_all_attempts_have_one() -> None:
    """An older submission that was seen later, because a download was graded again, does not count."""
    found = mark(Policy(), attempt(11.0, at(hours=2)), attempt(12.0, at(hours=1)))

    assert (found.points, found.attempt) == (11.0, 2)


@pytest.mark.parametrize("unknown", ["", "yesterday"])
def test_latest_goes_by_the_runs_where_a_time_is_missing(unknown: str) -> None:
    """As soon as one attempt has no time, the order in which runs saw them counts."""
    found = mark(Policy(), attempt(11.0, at(hours=2)), attempt(12.0, unknown))

    assert (found.points, found.attempt) == (12.0, 2)


def test_times_without_an_offset_are_in_the_zone_of_due() -> None:
    """Such a time is read as staff wrote the deadline, in comparisons with other attempts too."""
    naive = "2026-03-01T12:30:00"  # 11:30 UTC

    assert mark(LATE, attempt(16.0, naive)).penalty == 2.0
    assert mark(LATE, attempt(16.0, "2026-03-01T11:30:00+00:00"), attempt(10.0, naive)).attempt == 2
    assert mark(LATE, attempt(16.0, "2026-03-01T11:45:00Z"), attempt(10.0, naive)).points == 14.0


def test_best_is_chosen_after_lateness() -> None:
    """A higher score that came too late is worth less than a lower one in time; of equals the first counts."""
    policy = Policy(attempt="best", due=DUE, late_percent_per_day=25)

    found = mark(policy, attempt(15.0, at(hours=-1)), attempt(17.0, at(hours=1)), attempt(20.0, at(hours=2)))

    assert (found.points, found.attempt, found.late) == (15.0, 1, False)
    assert found.why == "Attempt 1 of 3 is the best."


def test_a_latest_attempt_that_is_not_graded_has_no_mark() -> None:
    """Nobody knows what it is worth; the older attempt is named and does not stand in for it."""
    found = mark(Policy(), attempt(16.0), attempt(None, outcome_id=2))

    assert (found.points, found.score, found.attempt, found.outcome_id) == (None, None, 2, 2)
    assert found.why == (
        "Attempt 2 of 2 could not be graded; an earlier one has 16 points and does not stand in for it."
    )


def test_best_waits_for_a_newer_attempt_that_is_not_graded() -> None:
    """It may be better than the best; an older one that could not be graded is left out, and said so."""
    best = Policy(attempt="best")

    assert mark(best, attempt(16.0), attempt(None)).points is None
    found = mark(best, attempt(None), attempt(16.0), attempt(15.0))
    assert found.points == 16.0
    assert found.why == "Attempt 2 of 3 is the best; what could not be graded is left out (attempt 1)."


# Lateness


@pytest.mark.parametrize(
    ("later", "days", "penalty"),
    [
        ({"days": -3}, 0, 0.0),
        ({"seconds": 0}, 0, 0.0),
        ({"minutes": 10}, 0, 0.0),
        ({"minutes": 10, "seconds": 1}, 1, 2.0),
        ({"days": 1}, 1, 2.0),
        ({"days": 1, "microseconds": 1}, 2, 4.0),
        ({"days": 3}, 3, 5.0),
        ({"days": 4}, 4, 5.0),
        ({"days": 4, "seconds": 1}, 5, 16.0),
    ],
)
def test_each_started_day_costs(later: dict[str, float], days: int, penalty: float) -> None:
    """Grace is free, then each 24 hours from `due` cost percent of the maximum, capped, until nothing is given."""
    policy = Policy(due=DUE, grace_minutes=10, late_percent_per_day=10, late_percent_at_most=25, no_marks_after_days=4)

    found = mark(policy, attempt(16.0, at(**later)))

    assert (found.late, found.days_late, found.penalty) == (days > 0, days, penalty)
    assert found.points == 16.0 - penalty
    assert found.score == 16.0


@pytest.mark.parametrize("policy", [LATE, Policy(late_percent_per_day=10)])
def test_a_platform_that_only_says_late_is_taken_for_one_day(policy: Policy) -> None:
    """Canvas marks a file LATE and gives no time: that costs one started day, with or without `due`."""
    found = mark(policy, attempt(16.0, late=True))

    assert (found.points, found.days_late) == (14.0, 1)
    assert found.why == "Late by an unknown time, taken for one day: 2 points off."


def test_a_known_time_counts_more_than_what_the_platform_says() -> None:
    """Where `due` and the time are known, they decide."""
    assert mark(LATE, attempt(16.0, at(hours=-1), late=True)).points == 16.0
    assert mark(LATE, attempt(16.0, at(hours=1), late=False)).points == 14.0


def test_without_a_time_nobody_is_late() -> None:
    """What nobody knows costs nothing, and is told apart from being in time."""
    found = mark(LATE, attempt(16.0))

    assert (found.points, found.late) == (16.0, None)


def test_the_sentence_says_what_policy_did() -> None:
    """Lateness and rounding are told in points."""
    policy = Policy(due=DUE, late_percent_per_day=10, round_to=0.5, no_marks_after_days=2)

    assert mark(policy, attempt(16.3, at(days=1.5))).why == "2 days late: 4 points off; rounded from 12.3."
    assert mark(policy, attempt(16.0, at(days=2.5))).why == "3 days late: no marks."
    assert mark(policy, attempt(16.0, at(days=-1))).why == ""


# Rounding


@pytest.mark.parametrize(
    ("score", "step", "points"),
    [(16.25, 0.5, 16.5), (16.24, 0.5, 16.0), (0.15, 0.1, 0.2), (2.5, 1, 3.0), (-2.5, 1, -2.0), (19.9, 3, 20.0)],
)
def test_halves_are_rounded_up_but_not_above_the_maximum(score: float, step: float, points: float) -> None:
    """A mark is the nearest step as people reckon it, in decimals."""
    assert mark(Policy(round_to=step), attempt(score)).points == points


# Whatever there is

TIMES = st.one_of(st.just(""), st.datetimes(timezones=st.none() | st.just(ZONE)).map(datetime.datetime.isoformat))
ATTEMPTS = st.lists(
    st.builds(
        attempt, st.none() | st.integers(0, 80).map(lambda quarters: quarters / 4), TIMES, st.none() | st.booleans()
    ),
    min_size=1,
    max_size=5,
)
POLICIES = st.builds(
    Policy,
    attempt=st.sampled_from(["latest", "best"]),
    due=st.none() | st.datetimes(timezones=st.just(ZONE)),
    grace_minutes=st.integers(0, 10_000),
    late_percent_per_day=st.floats(0, 100),
    late_percent_at_most=st.floats(0, 100),
    no_marks_after_days=st.none() | st.integers(0, 100),
    round_to=st.none() | st.sampled_from([0.1, 0.25, 0.5, 1.0, 3.0]),
)


@given(attempts=ATTEMPTS, policy=POLICIES)
def test_a_mark_is_never_outside_of_what_can_be_had(attempts: list[Standing], policy: Policy) -> None:
    """Every mark is a number between 0 and the maximum, or unknown where its attempt has no score."""
    found = mark(policy, *attempts)

    assert (found.points is None) == (found.score is None)
    assert found.points is None or 0 <= found.points <= found.max_score
    assert found.penalty >= 0
    assert 1 <= found.attempt <= found.attempts == len(attempts)
    if found.points is not None and policy.round_to is None:
        assert math.isclose(found.points + found.penalty, found.score or 0, abs_tol=2e-6)
    assert (found.why == "") or found.why.endswith(".")


@given(attempts=ATTEMPTS, policy=POLICIES)
def test_a_newer_attempt_that_is_not_graded_is_never_passed_over(attempts: list[Standing], policy: Policy) -> None:
    """Where the newest of all could not be graded, there is no mark, whatever the policy."""
    untimed = [msgspec.structs.replace(one.handin, submitted_at="") for one in attempts]
    given = [attempt(one.score, "", handin.late) for one, handin in zip(attempts, untimed, strict=True)]

    assert mark(policy, *given, attempt(None)).points is None


@given(attempts=ATTEMPTS, policy=POLICIES, more=st.floats(0, 50))
def test_a_harder_policy_gives_nobody_more(attempts: list[Standing], policy: Policy, more: float) -> None:
    """A higher price of a day never raises a mark."""
    harder = msgspec.structs.replace(policy, late_percent_per_day=min(100, policy.late_percent_per_day + more))
    before, after = mark(policy, *attempts).points, mark(harder, *attempts).points

    assert before is None or after is None or after <= before


# `assignment.toml`

FACTS = 'title = "T"\nmax_points = 4\nnames = ["f"]\n'


def _course(tmp_path: Path, policy: str) -> Path:
    public = tmp_path / "assignments" / "t"
    public.mkdir(parents=True)
    (public / "assignment.toml").write_text(f"{FACTS}[policy]\n{policy}\n")
    return tmp_path


def test_a_policy_is_read_from_the_facts(tmp_path: Path) -> None:
    """Each key of `[policy]` is taken."""
    text = 'attempt = "best"\ndue = 2026-03-01T12:00:00+01:00\ngrace_minutes = 5\nlate_percent_per_day = 10\n'
    text += "late_percent_at_most = 50\nno_marks_after_days = 7\nround_to = 0.5"

    found = load("t", _course(tmp_path, text)).policy

    assert found == Policy(
        attempt="best",
        due=DUE,
        grace_minutes=5,
        late_percent_per_day=10.0,
        late_percent_at_most=50.0,
        no_marks_after_days=7,
        round_to=0.5,
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('attempt = "first"', "$.policy.attempt"),
        ("due = 2026-03-01T12:00:00", "timezone"),
        ('due = "2026-03-01T12:00:00+01:00"', "datetime"),
        ("late_percent_per_day = 101", "$.policy.late_percent_per_day"),
        ("late_percent_at_most = -1", "$.policy.late_percent_at_most"),
        ("no_marks_after_days = 1.5", "$.policy.no_marks_after_days"),
        ("round_to = 0", "$.policy.round_to"),
        ("round_to = nan", "$.policy.round_to"),
        ("grace_minutes = 5", "`grace_minutes` in `policy` needs `due`"),
        ("penalty = 1", "unknown key `penalty`"),
    ],
)
def test_a_policy_is_read_strictly(tmp_path: Path, text: str, words: str) -> None:
    """What is misspelt or out of range is refused by name."""
    with pytest.raises(UsageError) as error:
        load("t", _course(tmp_path, text))

    assert words in str(error.value)


def test_the_best_says_where_other_checks_graded_it() -> None:
    """An earlier attempt cannot be graded anew, so its mark may be by checks that were corrected since."""
    best = Policy(attempt="best")

    old = mark(best, attempt(18.0, checks="old"), attempt(16.0, last_run=2, checks="new"))
    same = mark(best, attempt(18.0, checks="new"), attempt(16.0, last_run=2, checks="new"))
    latest = mark(Policy(), attempt(18.0, checks="old"), attempt(16.0, last_run=2, checks="new"))

    assert (old.points, old.other_checks) == (18.0, True)
    assert old.why == "Attempt 1 of 2 is the best; attempt 1 was graded by other checks than attempt 2."
    assert (same.other_checks, same.why) == (False, "Attempt 1 of 2 is the best.")
    assert (latest.points, latest.other_checks, latest.why) == (16.0, False, "")
