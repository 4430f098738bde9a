"""Classroom 50: our `autograder.py` in the checkout of the student's repository, `spec/platforms.md` section 7.3."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.platforms import safe
from grader.platforms.answer import Answer, Line
from grader.platforms.commit import committed_at, pushed_at, utc
from grader.platforms.contract import Found, Platform, Reply, Surroundings
from grader.platforms.github import NOT_SHOWN
from grader.platforms.markdown import page
from grader.platforms.settings import Platforms
from grader.report.text import line as one_line

_RESULT, _BODY = "result.json", "release-body.md"
_NEEDED = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL")
_TAG = re.compile(r"submit/(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z")


def _is_here(around: Surroundings) -> bool:
    return all(around.environment.get(name) for name in ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG"))


def _results(around: Surroundings) -> Sequence[Path]:
    """Name what would be read as ours: a student may have committed it."""
    return (around.here / _RESULT, around.here / _BODY)


def find(around: Surroundings) -> Found:
    """Take the checkout; raises UsageError where what a result must repeat of the environment is not there."""
    given = around.environment
    if lacking := [name for name in _NEEDED if not given.get(name)]:
        raise UsageError(f"the runner of Classroom 50 has not set {', '.join(lacking)}")
    if not given["SUBMISSION_TAG"].startswith("submit/"):
        raise UsageError("SUBMISSION_TAG must begin with submit/")
    if not _owner(around):
        raise UsageError("the runner of Classroom 50 has set neither OWNER nor USERNAME")
    return Found(
        folder=around.here,
        student=_owner(around),
        # Who commits can choose when that was; what staff push is a tag, to have it graded again.
        submitted_at=pushed_at(given, by=_owner(around)) or _made_at(around),
        assignment=given["ASSIGNMENT"],
    )


def _owner(around: Surroundings) -> str:
    return around.environment.get("OWNER") or around.environment.get("USERNAME", "")


def _made_at(around: Surroundings) -> str:
    """Say when the commit was made, or what is submitted was tagged."""
    given = around.environment
    return committed_at(around.here, given.get("GITHUB_SHA", "")) or _tagged_at(given["SUBMISSION_TAG"])


def _tagged_at(tag: str) -> str:
    made = _TAG.match(tag)
    return f"{made[1]}T{made[2]}:{made[3]}:{made[4]}Z" if made else ""


def answer(told: Answer, _: Found, around: Surroundings, settings: Platforms) -> Reply:
    """Make `result.json` in whole numbers; what cannot be read as a submission has no result."""
    if told.result.status == "rejected":
        return fault(told.result.message, around)
    tests = _tests(told, settings.scale)
    most = sum(test["max-score"] for test in tests)
    given = around.environment
    result: dict[str, Any] = {
        "schema": "classroom50/result/v1",
        "classroom": given["CLASSROOM"],
        "assignment": given["ASSIGNMENT"],
        "assignment_type": given.get("ASSIGNMENT_TYPE") or "individual",
        "owner": _owner(around),
        "submission": given["SUBMISSION_TAG"],
        "commit": given["COMMIT_URL"],
        "release": given["RELEASE_URL"],
        "review": given.get("REVIEW_URL") or given["COMMIT_URL"],
        "datetime": _made_at(around) or utc(datetime.datetime.now(datetime.UTC)),  # the runner writes its own
        "score": min(most, max(0, sum(test["score"] for test in tests) - _lost(told, settings.scale))),
        "max-score": most,
        "tests": tests,
    }
    files = {around.here / _RESULT: safe.encode(result), around.here / _BODY: page(told).encode()}
    return Reply(files=files, appended=_summary(told, around), out=f"grade: {told.heading}\n")


def _tests(told: Answer, scale: int) -> list[dict[str, Any]]:
    """List the checks, each rounded by itself; of those that nobody may see, which cannot be hidden, the sum."""
    tests = [_test(line.title, [line], scale) for line in told.listed]
    rest = [line for line in told.counted if line.visibility != "visible"]
    return [*tests, _test(NOT_SHOWN, rest, scale)] if rest else tests


def _test(name: str, lines: Sequence[Line], scale: int) -> dict[str, Any]:
    return {
        "test-name": one_line(name) or "Check",
        "passed": all(line.passed for line in lines),
        "score": sum(safe.whole(line.points or 0.0, scale) for line in lines),
        "max-score": sum(safe.whole(line.max_points, scale) for line in lines),
    }


def _lost(told: Answer, scale: int) -> int:
    """Give what lateness has cost, or what rounding has given; exactly nothing where there was neither."""
    had = sum(Decimal(str(line.points)) for line in told.counted)
    return safe.whole(float(had - Decimal(str(told.score))), scale)


def _summary(told: Answer, around: Surroundings) -> dict[Path, str]:
    """Say the score in points to the status of the commit, where the runner would say it in whole numbers."""
    output = around.environment.get("GITHUB_OUTPUT")
    status = "success" if told.score >= told.max_score else "failure"
    return {Path(output): f"status={status}\nsummary={one_line(told.heading)}\n"} if output else {}


def fault(sentence: str, _: Surroundings) -> Reply:
    """Leave no result and no code of success: the runner makes an error of it, which is no score."""
    return Reply(err=f"grade: {' '.join(safe.quiet(sentence).split())}\n", code=3)


PLATFORM = Platform("classroom50", _is_here, _results, find, answer, fault, private=False)
