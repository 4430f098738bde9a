"""A class of which a person has graded a part."""

from __future__ import annotations

from collections.abc import Callable

from grader.report.overview import class_view
from grader.report.pages import render_report
from grader.report.row import row_of
from grader.results import Evidence
from tests.report.conftest import MakeCheck, MakeResult, Page


def test_what_a_person_has_decided_waits_no_more(
    make_check: MakeCheck, make_result: MakeResult, read_page: Callable[[str], Page]
) -> None:
    """A manual check that has points is counted apart from those that wait, in the class and in the report."""
    ends = [make_check("check_text", "manual", points=points) for points in (1.5, 0.0, None)]
    results = [make_result(make_check(), check, name=str(at)) for at, check in enumerate(ends)]

    view = class_view([row_of(result) for result in results], "x")

    counts = dict(zip((word.word for word in view.outcomes), view.checks[1].counts, strict=True))
    assert counts == {"passed": 0, "waits for a person": 1, "graded by a person": 2}
    reports = [read_page(render_report(result, Evidence())).text for result in results]
    assert ["✓ 1 passed, ✎ 1 graded by a person" in text for text in reports] == [True, True, False]
    assert ["✓ 1 passed, … 1 waits for a person" in text for text in reports] == [False, False, True]


def test_what_there_is_to_be_had_is_sorted_by_number(make_check: MakeCheck, make_result: MakeResult) -> None:
    """While a class is reviewed, some have more to be had than others: 5 before 15."""
    rows = [
        row_of(make_result(make_check(points=1.0, max_points=most), name=f"s{most}", max_score=most))
        for most in (15.0, 5.0, 10.0)
    ]

    assert dict(class_view(rows, "x").figures)["out of"] == "5 or 10 or 15"
