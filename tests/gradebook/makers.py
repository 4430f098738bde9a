"""Submissions and results made by hand, for a gradebook that does not ask where they come from."""

from __future__ import annotations

from pathlib import Path

from grader.handin import Handin
from grader.results import CheckResult, Environment, Evidence, GradedSubmission, Result, Seconds, SubmissionInfo
from grader.submission import Submission, SubmittedFile


def submission(folder: Path, student: str, text: str = "", handin: Handin = Handin()) -> Submission:  # noqa: B008 - frozen
    """Write a student's file and make a submission of it."""
    path = folder / f"{student}-{len(text)}.py"
    path.write_text(text)
    return Submission(student, student.title(), (SubmittedFile("mini.py", path),), "mini.py", handin=handin)


def graded(one: Submission, score: float | None, message: str = "") -> GradedSubmission:
    """Make a result of one check that is worth 10 points."""
    check = CheckResult(
        id="check_all",
        title="All of it",
        covers=("double",),
        points=score,
        max_points=10.0,
        outcome="internal_error" if score is None else "passed" if score == 10 else "failed",
        visibility="visible",
    )
    info = SubmissionInfo(
        id=one.id, student=one.student, files=tuple(file.name for file in one.files), sha256=one.sha256
    )
    result = Result(
        assignment="mini",
        submission=info,
        status="not_graded" if score is None else "graded",
        message=message,
        score=score,
        max_score=10.0,
        checks=(check,),
        seconds=Seconds(wall=1.0, cpu=1.0),
        sandbox=("seccomp", "rlimits", "watcher"),
        environment=Environment(python="3.11.0", torch="2.13.0", grader="0.1.0"),
        checks_sha256="0" * 64,
        seed=0,
    )
    return GradedSubmission(
        result=result, evidence=Evidence(output=f"{one.id} said: 日本 \udc80".encode(errors="replace").decode())
    )
