"""`grade run ... --check NAME`: one check again, as it is in a run of the class; nothing of it is kept."""

from __future__ import annotations

import dataclasses
import sys
import tempfile
from pathlib import Path

import msgspec

from grader.beginning import begin
from grader.report.text import OUTPUT_CAP, block, number, points
from grader.report.words import OUTCOMES
from grader.results import CheckResult, Evidence, Result
from grader.run_command import start_over, take_interrupts, tell
from grader.running import Options


def replay(options: Options) -> int:
    """Carry out one check on what is chosen, print what staff see of it, and return the exit code."""
    take_interrupts()
    start_over(options.seed)
    failed = False
    with tempfile.TemporaryDirectory(prefix="grade-") as folder:
        alone = dataclasses.replace(options, directory=Path(folder), fresh=True, executor="local", gradebook=None)
        with begin(alone, tell) as run:
            for finished in run:
                place = Path(folder) / "submissions" / finished.submission.id / "evidence.json"
                evidence = msgspec.json.decode(place.read_bytes(), type=Evidence)
                sys.stdout.write("\n".join(_lines(finished.result, evidence)) + "\n\n")
                failed = failed or _is_ours(finished.result)
    return 3 if failed else 0


def _is_ours(result: Result) -> bool:
    """Tell what we could not grade from what has no score because a person grades it."""
    return result.score is None and not all(check.outcome == "manual" for check in result.checks)


def _lines(result: Result, evidence: Evidence) -> list[str]:
    name = result.submission.id
    if result.status not in ("graded", "not_graded"):
        return [f"{name}: {result.status}", *_indented(result.message)]
    lines = [line for check in result.checks for line in _check_lines(name, check, evidence)]
    if details := evidence.details.get(""):
        lines += ["  Detail for staff:", *_indented(details, "    ")]
    if evidence.output:
        lines += ["  Printed:", *_indented(evidence.output, "    ")]
    return lines


def _check_lines(name: str, check: CheckResult, evidence: Evidence) -> list[str]:
    given = "" if check.points is None else f", {number(check.points)} of {points(check.max_points)}"
    lines = [f"{name}: {check.id}: {OUTCOMES[check.outcome].word}{given}", *_indented(check.message)]
    if check.hint:
        lines += _indented(f"Try: {check.hint}")
    if detail := evidence.details.get(check.id):
        lines += ["  Detail for staff:", *_indented(detail, "    ")]
    return lines


def _indented(text: str, by: str = "  ") -> list[str]:
    return [f"{by}{line}" for line in block(text, OUTPUT_CAP).split("\n")] if text else []
