"""Open edX: the ContainerGrader of xqueue-watcher, `spec/platforms.md` section 5.2.

Its words are GRADER_PATH and SEED. The seed is new for each submission, and is left aside: the same file gets the
same score again, here as anywhere else. Our pages speak one language, whatever GRADER_LANGUAGE says.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from grader.errors import UsageError
from grader.platforms import safe
from grader.platforms.answer import Answer, Line
from grader.platforms.contract import Found, Platform, Reply, Surroundings
from grader.platforms.settings import Platforms
from grader.report.text import points

_CODE = "SUBMISSION_CODE"
_YES = ("1", "true", "yes")
_GRADERS = ("grade", "grader")
"""File names that say nothing about the problem: then its folder does."""

_MOST_BYTES = 100_000
"""Of the line; the reply that is made of it travels through a form and a database."""

_MOST_CHARACTERS = 8_000
"""Of what stands before the checks."""


def _is_here(around: Surroundings) -> bool:
    return _CODE in around.environment and "HIDE_OUTPUT" in around.environment


def _results(_: Surroundings) -> Sequence[Path]:
    return ()


def find(around: Surroundings) -> Found:
    """Take the code out of the environment, where it always is; it may be empty."""
    code = around.environment.get(_CODE)
    if code is None:
        raise UsageError(f"there is no ${_CODE} in the environment")
    slug = _slug(around.words[0]) if around.words else ""
    return Found(files={f"{slug or 'submission'}.py": code.encode(errors="surrogateescape")}, assignment=slug)


def _slug(grader: str) -> str:
    """Name the assignment by `grader` of the problem's payload: `mini.py`, or `mini/grade.py`."""
    path = PurePosixPath(grader)
    return path.parent.name if path.stem in _GRADERS else path.stem


def answer(told: Answer, found: Found, around: Surroundings, _: Platforms) -> Reply:
    """Print one line; what is no submission is an error, which edX shows as one."""
    if told.result.status == "rejected":
        errors = [told.result.message, *found.notes]
        return _line({"errors": errors, "tests": [], "correct": False, "score": 0.0})
    hide = around.environment.get("HIDE_OUTPUT", "").lower() in _YES
    return Reply(out=safe.fitting(lambda most: safe.encode(_result(told, most, hide)), _MOST_BYTES).decode() + "\n")


def _result(told: Answer, most: int, hide: bool) -> dict[str, Any]:
    correct = told.max_score > 0 and told.score >= told.max_score
    tests = [] if hide else [_score(told, correct), *(_test(line, most) for line in told.listed)]
    return {"errors": [], "tests": tests, "correct": correct, "score": told.fraction}


def _score(told: Answer, correct: bool) -> list[Any]:
    """Tell the score first, as if it were a test: edX has no other place for what is not about one check."""
    notes = safe.cut("\n".join(told.notes), _MOST_CHARACTERS)
    return ["Score", "", correct, f"{points(told.max_score)}.\n", f"{told.heading}\n{notes}".rstrip() + "\n"]


def _test(line: Line, most: int) -> list[Any]:
    """Tell a check as edX tells one: its name, what it is worth, what should be there, and what is."""
    ended = f"{line.ended}\n{safe.cut(line.text, most)}".rstrip() + "\n"
    return [f"{line.number}. {line.title}", line.worth, line.passed, "Passed.\n", ended]


def _line(result: dict[str, Any]) -> Reply:
    return Reply(out=safe.encode(result).decode() + "\n")


def fault(sentence: str, _: Surroundings) -> Reply:
    """Print no result and end badly: then edX says itself that staff have to look, and they find this in the log."""
    return Reply(err=f"grade: {sentence}\n", code=3)


PLATFORM = Platform("edx", _is_here, _results, find, answer, fault, private=True)
