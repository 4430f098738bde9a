"""The filters of the class page: each choice fits the rows that it says it does, and no choice fits none."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from grader.report.overview import class_view
from grader.report.row import Record, Row, row_of
from tests.report.conftest import MakeCheck, MakeResult

RECORD: dict[str, Any] = {
    "points": 2.0, "why": "", "attempt": 1, "attempts": 1, "late": None, "days_late": 0, "untimed": False,
    "submitted_at": "", "notes": (), "gone": False, "same": (),
}  # fmt: skip


@pytest.fixture
def klass(make_check: MakeCheck, make_result: MakeResult) -> list[Row]:
    """Give eight who differ in one thing each."""

    def row(name: str, outcome: str = "passed", *, record: dict[str, Any] | None = None, **more: Any) -> Row:
        fields = {key: more.pop(key) for key in ("status", "score") if key in more}
        made = row_of(make_result(make_check("check_a", outcome, **more), name=name, student=name, **fields))
        return made if record is None else dataclasses.replace(made, record=Record(**(RECORD | record)))

    return [
        row("fine"),
        row("in time", record={"late": False}),
        row("late", record={"late": True}),
        row("copy", record={"same": ("copy", "other")}),
        row("waits", "manual", status="not_graded"),
        row("decided", "manual", points=1.0, score=1.0),
        row("lost", "raised", mistake="sign-wrong"),
        row("broken", "skipped", status="import_error"),
    ]


def test_each_choice_fits_whom_it_names(klass: list[Row]) -> None:
    """And all that a link names by is there."""
    view = class_view(klass, "x")

    found = {
        (group.name, choice.name): [row.student for row in view.rows if choice.token in row.tokens.split()]
        for group in view.filters
        for choice in group.choices
    }

    assert found == {
        ("outcome", "graded"): ["fine", "in time", "late", "copy", "decided", "lost"],
        ("outcome", "import_error"): ["broken"],
        ("outcome", "not_graded"): ["waits"],
        ("mistake", "sign-wrong"): ["lost"],
        ("failed", "check_a"): ["lost"],
        ("only", "waiting"): ["waits"],
        ("only", "copies"): ["copy"],
        ("only", "late"): ["late"],
    }
