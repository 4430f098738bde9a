"""What Gradescope takes as `results.json`, as written in its documentation (`spec/platforms.md` 1.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}
_FORMAT = {"text", "html", "simple_format", "md", "ansi"}
_MOST = 100_000

_TOP = {
    "score": float, "execution_time": float, "output": str, "output_format": _FORMAT, "test_output_format": _FORMAT,
    "test_name_format": _FORMAT, "visibility": _VISIBILITY, "stdout_visibility": _VISIBILITY, "extra_data": dict,
    "tests": list, "leaderboard": list,
}  # fmt: skip
_TEST = {
    "score": float, "max_score": float, "status": {"passed", "failed"}, "name": str, "name_format": _FORMAT,
    "number": str, "output": str, "output_format": _FORMAT, "tags": list, "visibility": _VISIBILITY,
    "extra_data": dict,
}  # fmt: skip


def gradescope_problems(results: Mapping[str, Any]) -> list[str]:
    """List what Gradescope would not take of a `results.json`."""
    return list(_problems(results))


def _problems(results: Mapping[str, Any]) -> Iterator[str]:
    tests = results.get("tests", [])
    yield from _fields(results, _TOP, "results")
    for test in tests:
        yield from _fields(test, _TEST, f"test {test.get('number')}")
        if ("score" in test) != ("max_score" in test):
            yield f"test {test.get('number')} has one of score and max_score"
    if "score" not in results and not (tests and all("score" in test for test in tests)):
        yield "there is no score, and not every test has one"
    if "score" not in results and not tests:
        yield "there is neither a score nor a test"


def _fields(found: Mapping[str, Any], allowed: Mapping[str, Any], where: str) -> Iterator[str]:
    for name, value in found.items():
        kind = allowed.get(name)
        if kind is None:
            yield f"{where} has an unknown field {name}"
        elif isinstance(kind, set):
            if value not in kind:
                yield f"{where}: {name} is {value!r}"
        elif isinstance(value, bool) or not isinstance(value, (int, float) if kind is float else kind):
            yield f"{where}: {name} is a {type(value).__name__}"
        elif isinstance(value, str) and (len(value) > _MOST or "\0" in value):
            yield f"{where}: {name} is too long, or holds NUL"
