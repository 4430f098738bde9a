"""What a person's decision makes of a result."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.gradebook.reviews import Entry, reviewed_result
from grader.report.pages import render_feedback
from grader.results import CheckResult, Outcome, Result
from tests.gradebook.makers import graded, submission

FAULT = "Not graded: /srv/hidden/checks.py could not be read."


def _check(name: str, outcome: Outcome, points: float | None) -> CheckResult:
    return CheckResult(
        id=name, title=name, covers=("f",), points=points, max_points=2.0, outcome=outcome, visibility="visible"
    )


def _result(folder: Path, *checks: CheckResult, **fields: Any) -> Result:
    result = graded(submission(folder, "ann"), None).result
    return msgspec.structs.replace(result, **{"status": "not_graded", "message": FAULT, "checks": checks, **fields})


def _entries(result: Result) -> dict[str, Entry]:
    entry = Entry(1, "ann", result.submission.sha256, "", 1.5, "Fine.", "prof", "")
    return {check.id: dataclasses.replace(entry, check=check.id) for check in result.checks if check.points is None}


def test_a_fault_of_ours_is_no_note_to_a_student(tmp_path: Path) -> None:
    """Graded by hand, a work that we could not grade has a score, and its page does not say why we could not."""
    result = _result(tmp_path, _check("check_a", "internal_error", None), _check("check_b", "internal_error", None))

    decided = reviewed_result(result, _entries(result))

    assert (decided.status, decided.score, decided.max_score) == ("graded", 3.0, 4.0)
    assert "/srv/" not in render_feedback(decided)


def test_a_note_stays_where_checks_ran(tmp_path: Path) -> None:
    """One check failed of ours, the others ran: what was noted on the way is the student's to read."""
    note = "Raised while the notebook ran: cell 3."
    result = _result(
        tmp_path, _check("check_a", "internal_error", None), _check("check_b", "passed", 2.0), message=note
    )

    decided = reviewed_result(result, _entries(result))

    assert (decided.status, decided.score) == ("graded", 3.5)
    assert note in render_feedback(decided)


@pytest.mark.parametrize("many", [0, 1])
def test_what_is_not_decided_leaves_no_score(tmp_path: Path, many: int) -> None:
    """Until all that we could not grade is decided, there is no score, and the fault is on record."""
    result = _result(tmp_path, _check("check_a", "internal_error", None), _check("check_b", "internal_error", None))
    mine = dict(list(_entries(result).items())[:many])

    decided = reviewed_result(result, mine)

    assert (decided.status, decided.score, decided.message) == ("not_graded", None, FAULT)
    assert "/srv/" not in render_feedback(decided)
