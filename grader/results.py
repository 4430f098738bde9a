"""What a run found out, as data: one frozen tree that every page and export is made from.

`Result` is `result.json`, the contract of `spec/cli.md`: the same submission, seed and versions give the
same bytes but for `seconds`. `Evidence` is what staff may want besides (captured output, tracebacks); it is
kept apart because a student may print the time of day.

Schema 1: as in the contract.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Literal

import msgspec

from grader.pictures import Picture

SCHEMA = 1

Status = Literal["graded", "import_error", "timed_out", "out_of_memory", "crashed", "rejected", "not_graded"]
Outcome = Literal["passed", "failed", "raised", "timed_out", "crashed", "skipped", "manual", "internal_error"]
Visibility = Literal["visible", "hidden", "after_due_date", "after_published"]


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """How one check ended; `points` is None where a person has to grade it, or where we failed."""

    id: str
    title: str
    covers: tuple[str, ...]
    points: float | None
    max_points: float
    outcome: Outcome
    visibility: Visibility
    message: str = ""
    mistake: str | None = None
    hint: str | None = None
    seconds: float = 0.0


class SubmissionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Who handed in what; `id` is safe as a file name, `sha256` is of the files' names and bytes."""

    id: str
    student: str
    files: tuple[str, ...]
    sha256: str


class Seconds(msgspec.Struct, frozen=True, kw_only=True):
    """Time spent on a submission, measured on the trusted side, in seconds."""

    wall: float = 0.0
    cpu: float = 0.0


class Environment(msgspec.Struct, frozen=True, kw_only=True):
    """The versions that a result depends on."""

    python: str
    torch: str
    grader: str


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one submission; `score` is None when, and only when, we could not grade it."""

    schema: int = SCHEMA
    assignment: str
    submission: SubmissionInfo
    status: Status
    message: str = ""
    score: float | None
    max_score: float
    checks: tuple[CheckResult, ...]
    seconds: Seconds
    sandbox: tuple[str, ...]
    environment: Environment
    checks_sha256: str
    seed: int


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The graded file as it was handed in: Python, or the cells of a notebook as JSON; cut where it is too long."""

    name: str
    text: str
    cut: bool = False


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the graded file, counted from 1; in a notebook, of the code cell of that number."""

    line: int
    cell: int | None = None


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """Who decided on a check and when, and how it had ended before."""

    by: str
    at: str
    comment: str
    outcome: Outcome
    points: float | None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages show besides the result: output (cut), details and the student's own lines by check id, pictures.

    Of a submission that does not import, the lines are those of the check "".
    """

    output: str = ""
    output_cut: bool = False
    details: dict[str, str] = {}
    source: Source | None = None
    places: dict[str, tuple[Place, ...]] = {}
    pictures: tuple[Picture, ...] = ()
    reviews: dict[str, Reviewed] = {}
    """By check id; not on record with the rest, but put there when pages are made."""


class GradedSubmission(msgspec.Struct, frozen=True, kw_only=True):
    """A result and its evidence, as they travel from a job to the batch."""

    result: Result
    evidence: Evidence = Evidence()


def is_unwalled(result: Result) -> bool:
    """Say whether the submitted code ran with no layer round it, watched at most."""
    return not set(result.sandbox) - {"watcher"}


def score_of(checks: tuple[CheckResult, ...]) -> float | None:
    """Add up the automatic checks; None as soon as one of them could not be graded."""
    automatic = [check for check in checks if check.outcome != "manual"]
    if not automatic or any(check.points is None for check in automatic):
        return None
    return round(sum(check.points or 0.0 for check in automatic), 6)


def max_score_of(checks: tuple[CheckResult, ...]) -> float:
    """Add up what the automatic checks are worth."""
    return round(sum(check.max_points for check in checks if check.outcome != "manual"), 6)


def to_json(value: Result | Evidence) -> bytes:
    """Encode as strict JSON, indented, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def read_result(path: Path) -> Result:
    """Read a `result.json`; raises `msgspec.ValidationError` when it is not one."""
    return msgspec.json.decode(path.read_bytes(), type=Result)


def write_atomic(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file whole or not at all: aside, flushed, then renamed over the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink()
        raise
