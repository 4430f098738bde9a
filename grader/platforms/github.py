"""GitHub Actions, with the reporter of `classroom-resources`: `spec/platforms.md` section 7.2.

The step's output `result` is read by the reporter, which prints it to a log where GitHub takes some lines for
commands. Students see all of it.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.platforms import fit, safe
from grader.platforms.answer import Answer, Line
from grader.platforms.commit import pushed_at
from grader.platforms.contract import Found, Platform, Reply, Surroundings
from grader.platforms.markdown import page, quoted
from grader.platforms.settings import Platforms

_VERSION = 3
_MOST_BYTES = 60_000
"""The reporter gets it in one variable of its environment, in base64: Linux takes 131,071 bytes in one."""

NOT_SHOWN, LATENESS = "Checks that are not shown here", "Lateness and rounding"


def _is_here(around: Surroundings) -> bool:
    return around.environment.get("GITHUB_ACTIONS") == "true" and "SUBMISSION_TAG" not in around.environment


def _results(_: Surroundings) -> Sequence[Any]:
    return ()


def find(around: Surroundings) -> Found:
    """Take the checkout."""
    if not around.environment.get("GITHUB_OUTPUT"):
        raise UsageError("there is no GITHUB_OUTPUT: this is to be a step of a workflow")
    return Found(
        folder=Path(around.environment.get("GITHUB_WORKSPACE") or around.here),
        student=around.environment.get("GITHUB_ACTOR", ""),
        submitted_at=pushed_at(around.environment),
    )


def answer(told: Answer, _: Found, around: Surroundings, settings: Platforms) -> Reply:
    """Set the output of the step and write the summary of the job; of hidden checks only the sum is in either."""
    if told.result.status == "rejected" and settings.rejected == "failure":
        return fault(told.result.message, around)
    result: dict[str, Any] = {
        "version": _VERSION,
        "status": "pass" if told.score >= told.max_score else "fail",
        "max_score": told.max_score,
        "message": _quiet(told.heading),
    }
    data = fit.fitting(lambda most: safe.encode(result | {"tests": _tests(told, most)}), _MOST_BYTES)
    if len(data) > _MOST_BYTES:
        data = safe.encode(result | {"tests": [_test("All checks", told.score, told.max_score, "")]})
    out = f"grade: {told.heading} What to mend is on the summary page of this run.\n"
    return Reply(appended=_appended(data, page(told), around), out=out)


def _tests(told: Answer, most: int) -> list[dict[str, Any]]:
    """List the checks so that their sum is the score: the reporter adds them up."""
    counted = [line for line in told.lines if line.points is not None]
    tests = [
        _test(line.title, line.points or 0.0, line.max_points, _message(line, most))
        for line in counted
        if line.visibility == "visible"
    ]
    if rest := [line for line in counted if line.visibility != "visible"]:
        tests.append(_test(NOT_SHOWN, sum(line.points or 0.0 for line in rest), sum(line.max_points for line in rest)))
    if difference := safe.number(told.score - sum(line.points or 0.0 for line in counted)):
        tests.append(_test(LATENESS, difference, max(0.0, difference)))
    return tests


def _message(line: Line, most: int) -> str:
    return "" if line.passed else "\n".join((f"{line.word}.".capitalize(), fit.cut(line.text, most)))


def _test(name: str, score: float, most: float, message: str = "", status: str = "") -> dict[str, Any]:
    return {
        "name": _quiet(name),
        "status": status or ("pass" if score >= most else "fail"),
        "score": safe.number(score),
        "message": _quiet(message.strip()),
        "test_code": "",
        "task_id": 0,
        "filename": "",
        "line_no": 0,
        "duration": 0,
    }


def _quiet(text: str) -> str:
    """Keep a text that ends in a log from being a command there, such as a note with a score of its own."""
    return safe.text(text).replace("::", ": :").replace("##[", "# #[")


def _appended(data: bytes, summary: str, around: Surroundings) -> dict[Path, str]:
    appended = {}
    if output := around.environment.get("GITHUB_OUTPUT"):
        appended[Path(output)] = f"result={base64.b64encode(data).decode()}\n"
    if place := around.environment.get("GITHUB_STEP_SUMMARY"):
        appended[Path(place)] = summary
    return appended


def fault(sentence: str, around: Surroundings) -> Reply:
    """Report an error that is worth no points either way, and fail the step."""
    test = _test("Grading", 0.0, 0.0, sentence, status="error")
    result = {"version": _VERSION, "status": "error", "max_score": 0, "message": _quiet(sentence), "tests": [test]}
    summary = f"### Not graded\n\n{quoted(sentence)}\n"
    err = f"grade: {' '.join(_quiet(sentence).split())}\n"
    return Reply(appended=_appended(safe.encode(result), summary, around), err=err, code=3)


PLATFORM = Platform("github", _is_here, _results, find, answer, fault, private=False)
