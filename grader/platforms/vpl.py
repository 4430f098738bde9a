"""Moodle's Virtual Programming Lab: the standard output of `vpl_execution`, `spec/platforms.md` section 6.3.

VPL reads the grade and the comments out of all that is printed, so whatever may hold a student's words stands in a
line that begins with `>`, where no marker is read, and the grade comes last: the last one counts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from grader.errors import UsageError
from grader.platforms import fit, safe
from grader.platforms.answer import Answer, Line
from grader.platforms.contract import Found, Platform, Reply, Surroundings
from grader.platforms.loose import named
from grader.platforms.settings import Platforms
from grader.report.text import line as one_line
from grader.report.text import number

_MOST_FILES = 1000
_MOST_BYTES = 64_000
"""Of what is said of the checks."""

_NOTE = 4_000
"""Of characters."""


def _is_here(around: Surroundings) -> bool:
    return any(name in around.environment for name in ("VPL_GRADEMAX", "VPL_SUBFILE0", "VPL_SUBFILES"))


def _results(_: Surroundings) -> Sequence[Any]:
    return ()


def find(around: Surroundings) -> Found:
    """Take the files that VPL names as the student's: the scripts and files of staff lie among them."""
    _grades(around)
    given = around.environment
    names = [given.get(f"VPL_SUBFILE{at}", "") for at in range(_MOST_FILES)]
    names += given.get("VPL_SUBFILES", "").splitlines()
    files, left = named(around.here, (name for name in names if name))
    return Found(
        files=files,
        student=given.get("MOODLE_USER_NAME", ""),
        seconds=_seconds(around),
        notes=left,
    )


def _seconds(around: Surroundings) -> float | None:
    text = around.environment.get("VPL_MAXTIME", "")
    return float(text) if text.isdecimal() and 10 <= int(text) < 1e6 else None


def _grades(around: Surroundings) -> tuple[float, float]:
    """Read the lowest and the highest grade of the activity; raises UsageError, for to guess one would be a grade."""
    try:
        lowest, highest = (float(around.environment.get(name, "")) for name in ("VPL_GRADEMIN", "VPL_GRADEMAX"))
    except ValueError as error:
        raise UsageError("VPL_GRADEMIN and VPL_GRADEMAX must say from what to what the activity is graded") from error
    if not (math.isfinite(lowest) and math.isfinite(highest) and lowest < highest):
        raise UsageError(f"an activity cannot be graded from {lowest} to {highest}")
    return lowest, highest


def answer(told: Answer, _: Found, around: Surroundings, settings: Platforms) -> Reply:
    """Print the comments and, last of all, the grade; VPL can hide no check, so that only the visible are there."""
    if told.result.status == "rejected" and settings.rejected == "failure":
        return fault(told.result.message, around)
    lowest, highest = _grades(around)
    grade = number(safe.number(lowest + told.fraction * (highest - lowest)))
    head = [f"-Score: {one_line(told.heading)}", *(part for note in told.notes for part in _quoted(note, _NOTE))]
    counted = [line for line in told.shown if line.points is not None]
    checks = fit.fitting(lambda most: "\n".join(_check(line, most) for line in counted).encode(), _MOST_BYTES).decode()
    return Reply(out=_block([*head, *([checks] if checks else [])]) + f"Grade :=>> {grade}\n")


def _check(line: Line, most: int) -> str:
    """Word one check; a title must not end in a bracket, which VPL could take for a reduction of the grade."""
    points = f"{number(line.points or 0.0)} of {number(line.max_points)} points"
    title = f"-{one_line(line.title).removesuffix('.')}: {line.word}, {points}"
    return "\n".join((title, *_quoted(line.text, most)))


def _quoted(text: str, most: int) -> list[str]:
    """Put a text where VPL reads no marker in it."""
    shown = fit.cut(text, most)
    return [f">{line}" for line in shown.split("\n")] if shown else []


def _block(lines: Sequence[str]) -> str:
    """Put lines into a comment; an empty line before it, should anything have been printed without an end."""
    return "\n".join(("", "<|--", *lines, "--|>", ""))


def fault(sentence: str, _: Surroundings) -> Reply:
    """Say so in a comment, and give no grade: VPL then proposes none."""
    return Reply(out=_block(["-Not graded", *_quoted(sentence, _NOTE)]), code=3)


PLATFORM = Platform("vpl", _is_here, _results, find, answer, fault, private=False)
