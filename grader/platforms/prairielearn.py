"""PrairieLearn's external grading: `/grade`, `spec/platforms.md` section 2."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.platforms import safe
from grader.platforms.answer import Answer, Line
from grader.platforms.contract import Found, Platform, Reply, Surroundings
from grader.platforms.settings import Platforms

_RESULTS = "/grade/results/results.json"
_MOST_BYTES = 1 << 20
"""Of the file; a larger one is a failure."""

_MOST_CHARACTERS = 20_000
"""Of what stands before the checks."""


def _is_here(around: Surroundings) -> bool:
    return around.at("/grade/data/data.json").is_file()


def _results(around: Surroundings) -> Sequence[Path]:
    return (around.at(_RESULTS),)


def find(around: Surroundings) -> Found:
    """Take the files that the question has asked for; who handed them in is not told."""
    return Found(folder=around.at("/grade/student"))


def answer(told: Answer, _: Found, around: Surroundings, _settings: Platforms) -> Reply:
    """Make `results.json`: the score is that of all checks, the list has those that the student may see.

    What cannot be read as a submission is not gradable, so that it costs no attempt.
    """
    if told.result.status == "rejected":
        return _ungradable(told.result.message, around)
    results: dict[str, Any] = {
        "gradable": True,
        "score": told.fraction,
        "message": safe.cut(told.summary, _MOST_CHARACTERS),
    }
    data = safe.fitting(
        lambda most: safe.encode(results | {"tests": [_test(line, most) for line in told.listed]}), _MOST_BYTES
    )
    return Reply(files={around.at(_RESULTS): data})


def _test(line: Line, most: int) -> dict[str, Any]:
    return {
        "name": line.title,
        "points": line.points,
        "max_points": line.max_points,
        "message": line.ended,
        "output": safe.cut(line.text, most),
    }


def fault(sentence: str, around: Surroundings) -> Reply:
    """Say that it is not gradable, which counts no attempt; the container must end well for that to be read."""
    return _ungradable(sentence, around)


def _ungradable(sentence: str, around: Surroundings) -> Reply:
    return Reply(files={around.at(_RESULTS): safe.encode({"gradable": False, "format_errors": [sentence]})})


PLATFORM = Platform("prairielearn", _is_here, _results, find, answer, fault, private=True)
