"""Run the real command in a process of its own, as people do."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from grader.results import Result, read_result

MINI = Path(__file__).parent / "courses" / "mini"

GRADE = (sys.executable, "-m", "grader")
"""The command, as a prefix of its arguments."""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def grade(
    *arguments: str | Path,
    command: Sequence[str] = GRADE,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    seconds: float = 300,
) -> Ran:
    """Run `grade` to its end; a whole corpus takes minutes, and on a busy machine many."""
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, *map(str, arguments)],
        cwd=cwd, env=os.environ | (env or {}), capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def run_mini(directory: Path, submissions: Sequence[Path], *more: str, course: Path = MINI) -> Ran:
    """Run `grade run` on the small assignment of the tests."""
    return grade("run", "mini", *submissions, "-o", directory, "--course", course, *more)


def results(directory: Path) -> dict[str, Result]:
    """Read every result that a run has left, by id."""
    paths = sorted((directory / "submissions").glob("*/result.json"))
    return {path.parent.name: read_result(path) for path in paths}


def on_record(directory: Path) -> set[str]:
    """List who has a result in the gradebook of a run that may still be going on, by id."""
    path = directory / "gradebook.sqlite"
    if not path.is_file():
        return set()
    asked = "SELECT student_id FROM attempt JOIN outcome ON attempt.id = outcome.attempt_id"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as book:
        try:
            return {name for (name,) in book.execute(asked)}
        except sqlite3.OperationalError:  # its tables are being made
            return set()
