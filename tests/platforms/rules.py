"""What each platform itself takes, written from its published rules: each raises where a result breaks one."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

_FORMATS = ("text", "html", "simple_format", "md", "ansi")
_VISIBILITIES = ("hidden", "after_due_date", "after_published", "visible")
_TOP: dict[str, Any] = {
    "score": (int, float), "execution_time": (int, float), "output": str, "output_format": _FORMATS,
    "test_output_format": _FORMATS, "test_name_format": _FORMATS, "visibility": _VISIBILITIES,
    "stdout_visibility": _VISIBILITIES, "extra_data": dict, "tests": list, "leaderboard": list,
}  # fmt: skip
_TEST: dict[str, Any] = {
    "score": (int, float), "max_score": (int, float), "status": ("passed", "failed"), "name": str,
    "name_format": _FORMATS, "number": str, "output": str, "output_format": _FORMATS, "tags": list,
    "visibility": _VISIBILITIES, "extra_data": dict,
}  # fmt: skip


def strict_json(path: Path) -> Any:
    """Read JSON as a strict parser does: no NaN, no Infinity."""

    def refuse(name: str) -> None:
        raise ValueError(f"{name} is not JSON")

    return json.loads(path.read_bytes(), parse_constant=refuse)


def _fields(found: dict[str, Any], known: dict[str, Any]) -> None:
    for name, value in found.items():
        assert name in known, name
        rule = known[name]
        if isinstance(rule, tuple) and isinstance(rule[0], str):
            assert value in rule, (name, value)
        else:
            assert isinstance(value, rule), (name, value)
            assert not isinstance(value, bool), (name, value)
        if isinstance(value, str):
            assert len(value) <= 100_000, name
            assert "\x00" not in value, name


def gradescope_results(path: Path, total: float) -> dict[str, Any]:
    """Read `results.json` by section 1.3: known fields of the right kind, and tests that sum to the total."""
    results: dict[str, Any] = strict_json(path)
    _fields(results, _TOP)
    tests = results["tests"]
    assert "score" in results or all("score" in test for test in tests)
    for test in tests:
        _fields(test, _TEST)
        assert ("score" in test) == ("max_score" in test)
    assert sum(test.get("max_score", 0) for test in tests) == total
    return results


def prairielearn_results(path: Path) -> dict[str, Any]:
    """Read `results.json` by section 2.3; what PrairieLearn would call out of range, too large or odd is an error."""
    assert path.stat().st_size <= 1_048_576
    results: dict[str, Any] = strict_json(path)
    if not results.get("gradable", True):
        errors = results["format_errors"]
        assert errors
        assert isinstance(errors, list)
        assert all(isinstance(one, str) for one in errors)
        return results
    assert isinstance(results["score"], int | float)
    assert 0 <= results["score"] <= 1
    tests = results["tests"]
    for test in tests:
        assert isinstance(test["name"], str)
        for name in ("points", "max_points"):  # one that lacks them takes them from all
            assert isinstance(test[name], int | float)
        for name in ("message", "output", "description"):
            assert isinstance(test.get(name, ""), str)
    return results


def submitted(when: str, due: str) -> dict[str, Any]:
    """Make a `submission_metadata.json` as Gradescope documents it."""
    assert datetime.fromisoformat(when)
    return {
        "id": 900001, "created_at": when, "submission_method": "upload",
        "assignment": {
            "id": 5, "course_id": 7, "title": "HW1", "total_points": "10.0", "release_date": due, "due_date": due,
            "late_due_date": None, "group_submission": False, "group_size": None,
        },
        "users": [{"id": 11, "name": "Jane Doe", "email": "jdoe@example.edu"}],
        "previous_submissions": [],
    }  # fmt: skip
