"""`grade check`, from the arguments to the exit code: once, or again each time the file is saved."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from grader.assignment import Assignment
from grader.local.find import assignment_of

if TYPE_CHECKING:
    from grader.local.judge import Judge

PERIOD = 0.3
"""Seconds between two looks at the file."""


@dataclass(frozen=True)
class CheckOptions:
    """The arguments of `grade check`."""

    file: Path
    assignment: str | None = None
    watch: bool = False


def check_file(options: CheckOptions) -> int:
    """Run the public checks and show what came of them; returns 1 where one fails, 3 where we fail, else 0."""
    assignment = assignment_of(options.file, options.assignment)
    file, out = options.file.absolute(), sys.stdout
    try:
        from grader.sandbox import nursery

        nursery.one_thread()
        from grader.local.judge import with_judge

        def work(judge: Judge) -> int:
            return _watch(assignment, file, judge, out) if options.watch else _once(assignment, file, judge, out)

        return with_judge(assignment, work)
    except KeyboardInterrupt:
        if options.watch:
            out.write("\n")
            return 0
        raise


def _once(assignment: Assignment, file: Path, judge: Judge, out: TextIO) -> int:
    from grader.local.screen import screen

    findings = judge(file)
    out.write(screen(assignment, file, findings, out.encoding))
    out.flush()
    outcomes = {check.verdict.outcome for check in findings.checks}
    if findings.broken or outcomes - {"passed", "skipped", "internal_error"}:
        return 1
    return 3 if "internal_error" in outcomes else 0


def _watch(assignment: Assignment, file: Path, judge: Judge, out: TextIO) -> int:
    """Check again whenever the file is saved, until Ctrl-C."""
    while True:
        seen = _stamp(file)
        out.write(f"{'=' * 30} {time.strftime('%H:%M:%S')} {'=' * 30}\n")
        if seen is not None:
            _once(assignment, file, judge, out)
        out.write(f"\nWaiting for {file.name} to be saved; Ctrl-C ends.\n")
        out.flush()
        while (now := _stamp(file)) == seen or now is None:  # an editor may replace the file by another
            time.sleep(PERIOD)


def _stamp(file: Path) -> tuple[int, int, int] | None:
    try:
        facts = file.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino
