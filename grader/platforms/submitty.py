"""Submitty's custom validator, `spec/platforms.md` section 6.1, and the command of a test case in a container.

    validator  runs where `custom_validator_input.json` lies; the student's files lie in the folder of its test case
    command    runs in the folder of the test case itself, among the student's files

Both leave `validation_results.json` where they run. Submitty runs validators on its workers and not in containers;
the validator of our package is a few lines that pass on what the command has left.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from grader.errors import UsageError
from grader.platforms import fit, loose, safe
from grader.platforms.answer import Answer, Line
from grader.platforms.contract import Found, Platform, Reply, Surroundings
from grader.platforms.settings import Platforms

_INPUT, _RESULTS = "custom_validator_input.json", "validation_results.json"
_SUBMITTYS = ("my_*.out", "STD???*.txt", "execute_logfile*.txt", "validation_*", "custom_validator_*", "dispatched_*")
"""What Submitty itself puts beside a student's files; its programs are larger than any file that is handed in."""

_MOST_BYTES = 64_000
"""Of the file: RLIMIT_FSIZE is 100,000 where nobody has raised it."""

_MOST_CHARACTERS = 8_000
_NUDGE = 0.0002
"""Submitty cuts points to whole ones: a third of 3 points that is told as 0.3333 would be none.

It gives nobody a point too much as long as a test case is worth less than 4,000."""


class _Input(msgspec.Struct):
    """What we read of the validation object; whatever else is in it is for other validators."""

    testcase_prefix: str
    username: str = ""


def _is_here(around: Surroundings) -> bool:
    return (around.here / _INPUT).is_file()


def _results(around: Surroundings) -> Sequence[Path]:
    return (around.here / _RESULTS,)


def find(around: Surroundings) -> Found:
    """Take the student's files out of the folder of the test case, without Submitty's own."""
    try:
        told = msgspec.json.decode((around.here / _INPUT).read_bytes(), type=_Input)
    except FileNotFoundError:
        told = _Input(testcase_prefix=".")
    except msgspec.MsgspecError as error:
        raise UsageError(f"{_INPUT} cannot be read: {error}") from error
    folder = around.here / told.testcase_prefix
    if not told.testcase_prefix or not folder.is_dir():
        raise UsageError(f"there is no folder {told.testcase_prefix!r} of a test case in {around.here}")
    paths = [one for one in loose.beside(folder) if not any(fnmatch.fnmatch(one.name, some) for some in _SUBMITTYS)]
    files, notes = loose.read(paths)
    return Found(files=files, student=told.username, notes=notes)


def answer(told: Answer, _: Found, around: Surroundings, settings: Platforms) -> Reply:
    """Make `validation_results.json`: the share of the test case's points, and a message for each check shown."""
    if told.result.status == "rejected" and settings.rejected == "failure":
        return fault(told.result.message, around)
    score = min(1.0, told.fraction + _NUDGE) if told.fraction > 0 else 0.0
    data = fit.fitting(lambda most: _result(score, _messages(told, most)), _MOST_BYTES)
    return Reply(files={around.here / _RESULTS: data})


def _result(score: float, messages: list[dict[str, Any]]) -> bytes:
    return safe.encode({"status": "success", "data": {"score": score, "message": messages}})


def _messages(told: Answer, most: int) -> list[dict[str, Any]]:
    """Word the whole and each check; none of the messages is empty, which Submitty could not show."""
    summary = fit.cut(told.summary, _MOST_CHARACTERS)
    return [{"message": summary, "status": "information"}, *(_message(line, most) for line in told.shown)]


def _message(line: Line, most: int) -> dict[str, Any]:
    status = "success" if line.passed else "information" if line.points is None else "failure"
    words = f"{line.number}. {line.title.removesuffix('.')}: {line.word}.\n{fit.cut(line.text, most)}".rstrip()
    return {"message": words, "status": status}


def fault(sentence: str, around: Surroundings) -> Reply:
    """Say that validation failed: Submitty gives no points for it, says so, and keeps the sentence in its log."""
    data = safe.encode({"status": "fail", "message": sentence or "no reason was given"})
    return Reply(files={around.here / _RESULTS: data}, code=3)


PLATFORM = Platform("submitty", _is_here, _results, find, answer, fault, private=False)
