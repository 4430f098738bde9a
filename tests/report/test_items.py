"""The analysis of checks: how well each parts a class, how long it takes, and what is remarked of it."""

from __future__ import annotations

import dataclasses
import statistics
from array import array
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.report.items import CheckRate, items_of
from grader.report.row import Head, Mark, Row
from grader.results import Outcome

HEADS = tuple(Head(name, f"Title of {name}", 2.0, "visible") for name in ("check_a", "check_b", "check_c"))
ENDS: tuple[Outcome, ...] = ("passed", "failed", "raised", "skipped")


def _row(at: int, outcomes: Sequence[Outcome], seconds: float = 0.0) -> Row:
    marks = tuple(Mark(one, 2.0 if one == "passed" else 0.0) for one in outcomes)
    score = sum(mark.points or 0.0 for mark in marks)
    taken = array("f", [seconds] * len(marks))
    return Row(f"s{at}", f"S {at}", "graded", score, 6.0, "", False, HEADS, marks, "0" * 64, taken)


def _first(rows: Sequence[Row]) -> CheckRate:
    return items_of(rows)[1][0]


def _remark(rows: Sequence[Row]) -> str:
    remark = _first(rows).remark
    return remark.word if remark else ""


@settings(max_examples=60, deadline=None, database=None)
@given(st.lists(st.tuples(*[st.sampled_from(ENDS)] * 3), min_size=1, max_size=40))
def test_a_check_is_correlated_with_the_score_without_it(ends: list[tuple[Outcome, ...]]) -> None:
    """Of those that ran it, ten at least; nothing is said where the one or the other is the same for all."""
    ran = [(float(one[0] == "passed"), 2.0 * one[1:].count("passed")) for one in ends if one[0] != "skipped"]
    passed, rest = [pair[0] for pair in ran], [pair[1] for pair in ran]

    parts = _first([_row(at, one) for at, one in enumerate(ends)]).parts

    if len(ran) < 10 or len(set(passed)) == 1 or len(set(rest)) == 1:
        assert parts == ""
    else:
        assert float(parts) == pytest.approx(statistics.correlation(passed, rest), abs=0.0051)


def test_marks_that_are_one_object_count_each() -> None:
    """In a class, rows with the same marks share them."""
    one, other = _row(0, ("passed", "passed", "failed")), _row(1, ("failed", "failed", "failed"))
    third = _row(2, ("failed", "passed", "failed"))
    rows = [dataclasses.replace(row, id=f"{row.id}-{at}") for at in range(5) for row in (one, other, third)]

    assert _first(rows).parts == f"{statistics.correlation([1, 0, 0], [2, 0, 2]):+.2f}"


@pytest.mark.parametrize(("many", "parts"), [(9, ""), (10, "+1.00")])
def test_of_nine_a_correlation_says_nothing(many: int, parts: str) -> None:
    """And of ten it does."""
    both: tuple[tuple[Outcome, ...], ...] = (("passed",) * 3, ("failed",) * 3)

    assert _first([_row(at, both[at % 2]) for at in range(many)]).parts == parts


@pytest.mark.parametrize(("times", "median"), [([3.0], "3.000"), ([1.0, 9.0, 2.0], "2.000"), ([1.0, 2.0], "1.500")])
def test_time_is_the_median_of_those_that_ran(times: list[float], median: str) -> None:
    """Who did not run it took no time, and counts not."""
    rows = [_row(at, ("failed", "passed", "passed"), seconds) for at, seconds in enumerate(times)]
    rows.append(_row(99, ("skipped", "skipped", "skipped"), 100.0))

    assert _first(rows).seconds == median


@pytest.mark.parametrize(("passed", "failed", "remark"), [
    (0, 1, ""), (0, 2, "nobody passed"), (1, 4, "hard"), (1, 3, ""), (9, 0, ""), (10, 0, "all but all pass"),
    (32, 1, ""), (33, 1, "all but all pass"),
])  # fmt: skip
def test_what_is_hard_or_easy_is_remarked(passed: int, failed: int, remark: str) -> None:
    """Not of one alone; that nearly all pass, of ten and more."""
    ends = [ENDS[0]] * passed + [ENDS[1]] * failed

    assert _remark([_row(at, (end, "passed", "passed")) for at, end in enumerate(ends)]) == remark


def test_a_check_that_the_better_fail_is_remarked() -> None:
    """It may be the check that is wrong."""
    worse = [_row(at, ("passed", "failed", "failed")) for at in range(6)]
    better = [_row(10 + at, ("failed", "passed", "passed")) for at in range(6)]

    assert _remark(worse + better) == "the better fail it"
    assert _first(worse + better).parts == "-1.00"
