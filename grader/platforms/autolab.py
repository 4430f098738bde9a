"""Autolab and Tango: `make` in the job's folder, and the last lines of its output, `spec/platforms.md` section 3."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.platforms import fit, loose, safe
from grader.platforms.answer import Answer, Line
from grader.platforms.contract import Found, Platform, Reply, Surroundings
from grader.platforms.settings import Platforms
from grader.report.text import line as one_line
from grader.report.text import number, points

_OURS = ("Makefile", "autograde.tar")
_MOST_BYTES = 256 * 1024
"""Of each part of the output; what has more than 1,000 KiB in all loses its middle."""

_MOST_CHARACTERS = 20_000
"""Of what stands before the checks."""

_RESERVED = ("_presentation", "stages", "_scores_order")
_COLON = re.compile(r"\s*:+\s*")
"""Autolab takes every `word:` in the last line for a key without quotes, inside of strings too."""


def _is_here(around: Surroundings) -> bool:
    return all((around.here / name).is_file() for name in _OURS)


def _results(_: Surroundings) -> Sequence[Path]:
    return ()


def find(around: Surroundings) -> Found:
    """Take the file that the student has uploaded: the one that is named, or all that is not ours in the job's folder.

    Autolab always lays one out, so that there being none is no student's fault.
    """
    named = [around.here / word for word in around.words]
    if len(named) == 1 and named[0].is_dir() and not named[0].is_symlink():
        return Found(folder=named[0])
    if missing := [one for one in named if not (one.is_symlink() or one.exists())]:
        raise UsageError(
            f"there is no {missing[0].name} in {around.here}: is it the handin filename of the assessment?"
        )
    paths = named or loose.beside(around.here, _OURS)
    if not paths:
        raise UsageError(f"there is no file of a student's in {around.here}")
    files, notes = loose.read(paths)
    return Found(files=files, notes=notes)


def problem_of(covers: Sequence[str]) -> str:
    """Name the problem of Autolab's that a check counts for: the first name that it covers, without a colon."""
    return _COLON.sub(" - ", one_line(covers[0], 200)).strip(" -") or "Checks" if covers else "Checks"


def answer(told: Answer, _: Found, around: Surroundings, settings: Platforms) -> Reply:
    """Print what students read as it is, then the same as stages of tests, and the points of each problem as the last.

    Checks that are not shown count for their problem, and are named nowhere.
    """
    if told.result.status == "rejected" and settings.rejected == "failure":
        return fault(told.result.message, around)
    plain = fit.fitting(lambda most: _plain(told, most).encode(), _MOST_BYTES).decode()
    stages = fit.fitting(lambda most: safe.encode(_stages(told, most)), _MOST_BYTES).decode()
    return Reply(out=f"{plain}\n{stages}\n{safe.encode({'scores': _scores(told)}).decode()}\n")


def _plain(told: Answer, most: int) -> str:
    lines = [fit.cut(told.summary, _MOST_CHARACTERS), ""]
    for line in told.shown:
        worth = "" if line.points is None else f" ({number(line.points)} of {points(line.max_points)})"
        lines.append(f"{line.number}. {line.title.removesuffix('.')} - {line.word}{worth}")
        lines += [f"    {part}" for part in fit.cut(line.text, most).splitlines()]
    return "\n".join(lines)


def _stages(told: Answer, most: int) -> dict[str, Any]:
    """Sort the checks into stages, one for each problem; a stage must not be called what Autolab calls something."""
    stages: dict[str, dict[str, Any]] = {}
    for line in told.shown:
        if line.points is not None:
            problem = problem_of(line.covers)
            stage = stages.setdefault(f"{problem} (checks)" if problem in _RESERVED else problem, {})
            stage[f"{line.number}. {line.title}"] = _test(line, most)
    order = {"_scores_order": list(_scores(told))}
    return {"_presentation": "semantic", "stages": list(stages), **stages, **order}


def _test(line: Line, most: int) -> dict[str, Any]:
    hint = f"{line.word.capitalize()}. {fit.cut(line.text, most)}".strip()
    return {"passed": True} if line.passed else {"passed": False, "hint": hint}


def _scores(told: Answer) -> dict[str, float]:
    """Add up the points by problem; what lateness costs is taken from each in proportion, so that the sum is right."""
    had: dict[str, float] = {}
    for line in told.lines:
        if line.points is not None:
            problem = problem_of(line.covers)
            had[problem] = had.get(problem, 0.0) + line.points
    total = sum(had.values())
    if total > 0:
        had = {problem: safe.number(some * told.score / total) for problem, some in had.items()}
    if had:
        most = max(had, key=lambda problem: had[problem])
        had[most] = safe.number(had[most] + told.score - sum(had.values()))
    return had


def fault(sentence: str, _: Surroundings) -> Reply:
    """Say it in one line that is no JSON: no problem gets points, and those that an earlier job gave are kept."""
    return Reply(out=f"grade: {one_line(sentence, 2_000)}\n", code=3)


PLATFORM = Platform("autolab", _is_here, _results, find, answer, fault, private=False)
