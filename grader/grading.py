"""One submission to one result: import it, run the checks on it, and say how it ended.

Whatever is not explicitly the student's is ours: `internal_error`, no points, and no score.
"""

from __future__ import annotations

import importlib.util
import os
import random
import time
import traceback
from collections.abc import Sequence
from types import ModuleType

import msgspec

from grader import exhibits
from grader.assignment import Assignment
from grader.checking import Checker
from grader.checks.marks import marks_of
from grader.checks.outcomes import OURS, Recorder, Verdict
from grader.checks.session import Loading, Session, Wall
from grader.checks.text import clean
from grader.diagnosis import Diagnosis
from grader.errors import GradeError, Rejected, SandboxError, StudentCrashed, StudentRaised, StudentTimedOut
from grader.plugin import Judging
from grader.replay import Replayer
from grader.results import (
    CheckResult,
    Evidence,
    GradedSubmission,
    Result,
    Seconds,
    Source,
    Status,
    max_score_of,
    score_of,
)
from grader.rubric import Rubric
from grader.sandbox import wire
from grader.shared_answers import SharedAnswers
from grader.submission import Submission, read_files
from grader.task import Room

KEPT_OUTPUT = 64 * 1024
"""Characters of a submission's output that are kept as evidence."""


def loading_of(assignment: Assignment, submission: Submission, seed: int, *, until: float | None = None) -> Loading:
    """Read a submission's files; raises Rejected where they are not acceptable, GradeError where they have changed."""
    assert submission.main is not None
    files = read_files(submission)
    if submission.hash_of(files) != submission.sha256:
        raise GradeError("its files have changed since the run began; run again")
    return Loading(files, submission.main, assignment.slug, assignment.import_seconds, seed, until)


def load_solution(assignment: Assignment) -> ModuleType:
    """Import the hidden solution, in this process, which no submitted code enters."""
    path = assignment.solution_path
    spec = importlib.util.spec_from_file_location(f"solution_{assignment.slug}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def judging_for(assignment: Assignment, seed: int) -> Judging:
    """Give the fixtures what they need besides the submission: the solution, the seeds, the time of a check."""
    return Judging(load_solution(assignment), seed, assignment.secret(), assignment.check_seconds)


class Grader:
    """Grades submissions one after the other with a rubric that pytest has collected once."""

    def __init__(
        self,
        rubric: Rubric,
        recorder: Recorder,
        judging: Judging,
        wall: Wall,
        layers: tuple[str, ...],
        shared: SharedAnswers,
        *,
        pictures: bool = True,
        room: Room = Room(),  # noqa: B008 - frozen
    ) -> None:
        self._room = room
        self._pictures = pictures
        self._rubric = rubric
        self._checker = Checker(rubric.items, recorder, judging)
        self._wall = wall
        self._layers = layers
        self._replayer = Replayer(rubric, self._checker, wall, shared, room.until)
        self._diagnosis = Diagnosis(
            random.Random(os.getpid()).sample(rubric.catalogue, len(rubric.catalogue)),  # noqa: S311 - jobs share it out
            self._replayer.replay,
            [item.name for item in self._checker.items],
            frozenset(item.name for item in self._checker.items if marks_of(item.function).dear),
        )

    def grade(self, submission: Submission) -> GradedSubmission:
        """Grade one submission; no score where the fault is not the student's, SandboxError where the wall failed."""
        try:
            return self._grade(submission)
        except SandboxError:
            raise
        except Exception as error:  # noqa: BLE001 - the edge of a submission: the class goes on, this one is ours
            details = "".join(traceback.format_exception(error))[-20_000:]
            return self._not_graded(submission, f"{type(error).__name__}: {error}", details)

    def _not_graded(self, submission: Submission, why: str, details: str = "") -> GradedSubmission:
        checks = tuple(
            check if check.outcome == "manual" else _filled(check, Verdict("internal_error", OURS), 0.0)
            for check in self._rubric.blank
        )
        result = self._result(submission, "not_graded", clean(f"Not graded: {why}"), checks, None)
        return GradedSubmission(result=result, evidence=Evidence(details={"": details} if details else {}))

    def _grade(self, submission: Submission) -> GradedSubmission:
        start, cpu = time.monotonic(), time.process_time()
        if submission.fault is not None:
            return self._not_graded(submission, submission.fault)
        if submission.rejection is not None:
            return self._ended(submission, "rejected", submission.rejection)
        try:
            loading = loading_of(self._rubric.assignment, submission, self._rubric.seed, until=self._room.until)
        except Rejected as error:
            return self._ended(submission, "rejected", str(error))
        session = Session(self._wall, loading)
        try:
            status, message, places = self._load(session)
            if status == "graded":
                self._checker.run(session, pictures=[] if self._pictures else None)
        finally:
            session.end()
        if why := self._too_little_room(session, start):
            return self._not_graded(submission, why)
        seconds = Seconds(
            wall=round(time.monotonic() - start, 4), cpu=round(time.process_time() - cpu + session.cpu, 4)
        )
        graded = self._judged(session, submission) if status == "graded" else self._ended(submission, status, message)
        if status != "graded":
            here = exhibits.places_of(places, submission.main)
            graded = msgspec.structs.replace(graded, evidence=Evidence(places={"": here} if here else {}))
        return self._with(graded, session, seconds, exhibits.source_of(loading))

    def _too_little_room(self, session: Session, start: float) -> str:
        """Say why the place of this run, and not the submission, is at fault for what was not done; else nothing."""
        most, memory, until = self._rubric.assignment.memory_mb, self._room.memory_mb, self._room.until
        if session.starved and memory is not None and memory < most:
            return f"it needed more than the {memory} MB that are left here, and it may take {most} MB"
        now, idle = time.monotonic(), session.asked - session.worked
        if until is not None and now > until and session.worked < max(now - start - session.asked, idle / 4):
            return "the time that the platform gives was over, and most of it was not the submission's"
        return ""

    def _load(self, session: Session) -> tuple[Status, str, Sequence[tuple[str, int]]]:
        try:
            session.load()
        except Rejected as error:
            return "rejected", str(error), ()
        except StudentTimedOut as error:
            return "timed_out", f"The file was still running when it was imported. {error.message}", ()
        except StudentCrashed as error:
            return ("out_of_memory" if error.out_of_memory else "crashed"), error.message, ()
        except StudentRaised as error:
            return ("out_of_memory" if error.out_of_memory else "import_error"), error.message, error.places
        return "graded", "", ()

    def _judged(self, session: Session, submission: Submission) -> GradedSubmission:
        recorder = self._checker.recorder
        checks = tuple(_judged(check, recorder) for check in self._rubric.blank)
        score = score_of(checks)
        details = {name: verdict.detail for name, verdict in recorder.verdicts.items() if verdict.detail}
        places = {name: exhibits.places_of(one.places, submission.main) for name, one in recorder.verdicts.items()}
        pictures = tuple(self._checker.judging.pictures or ())
        parts = (submission.note, _cells(session), self._nothing_of_it(session))
        message = " ".join(part for part in parts if part)
        status: Status = "graded" if score is not None else "not_graded"
        return GradedSubmission(
            result=self._result(submission, status, message, self._diagnosed(checks), score),
            evidence=Evidence(
                details=details, places={name: some for name, some in places.items() if some}, pictures=pictures
            ),
        )

    def _nothing_of_it(self, session: Session) -> str:
        """Say so where a file has nothing of what is asked for: it may be another assignment's, or be empty."""
        assignment = self._rubric.assignment
        if set(assignment.names) & set(session.names) or len(session.names) >= wire.MAX_NAMES:  # of more, some are cut
            return ""
        return (
            f"The file defines none of the names that {assignment.slug} asks for, such as `{assignment.names[0]}`: "
            "is it the right file?"
        )

    def _diagnosed(self, checks: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
        """Name the mistakes behind failed checks, where they are known."""
        lost = frozenset(check.id for check in checks if check.outcome not in ("passed", "manual"))
        if not lost or not self._rubric.catalogue:
            return checks
        self._replayer.begin(self._diagnosis.possible(lost))
        try:
            named = self._diagnosis.names(self._checker.answers(), lost)
        finally:
            self._replayer.end()
        if self._room.until is not None and time.monotonic() > self._room.until:
            return checks  # a replay that was cut short is like one that never ends
        return tuple(
            msgspec.structs.replace(check, mistake=named[check.id].slug, hint=named[check.id].advice)
            if check.id in named
            else check
            for check in checks
        )

    def _ended(self, submission: Submission, status: Status, message: str) -> GradedSubmission:
        """Make the result of a submission that no check could be run on: every check is listed, skipped."""
        why = "Not judged: the file was not accepted." if status == "rejected" else "Not judged: the import failed."
        checks = tuple(
            check if check.outcome == "manual" else _filled(check, Verdict("skipped", why), 0.0)
            for check in self._rubric.blank
        )
        return GradedSubmission(result=self._result(submission, status, message, checks, 0.0))

    def _result(
        self,
        submission: Submission,
        status: Status,
        message: str,
        checks: tuple[CheckResult, ...],
        score: float | None,
    ) -> Result:
        return Result(
            assignment=self._rubric.assignment.slug,
            submission=submission.info,
            status=status,
            message=message,
            score=score,
            max_score=max_score_of(checks),
            checks=checks,
            seconds=Seconds(),
            sandbox=self._layers,
            environment=self._rubric.environment,
            checks_sha256=self._rubric.checks_sha256,
            seed=self._rubric.seed,
        )

    def _with(
        self, graded: GradedSubmission, session: Session, seconds: Seconds, source: Source | None
    ) -> GradedSubmission:
        output = clean(session.output.decode(errors="replace"), KEPT_OUTPUT)
        evidence = msgspec.structs.replace(
            graded.evidence, output=output, output_cut=session.output_total > len(session.output), source=source
        )
        return GradedSubmission(result=msgspec.structs.replace(graded.result, seconds=seconds), evidence=evidence)


def _judged(check: CheckResult, recorder: Recorder) -> CheckResult:
    if check.outcome == "manual":
        return check
    run, verdict = recorder.runs.get(check.id), recorder.verdicts.get(check.id)
    if run is None or verdict is None:
        return _filled(check, Verdict("internal_error", OURS), 0.0)
    return _filled(check, verdict, run.seconds)


def _filled(check: CheckResult, verdict: Verdict, seconds: float) -> CheckResult:
    points = {"passed": check.max_points, "internal_error": None}.get(verdict.outcome, 0.0)
    return msgspec.structs.replace(
        check,
        points=points,
        outcome=verdict.outcome,
        message=clean(verdict.message),
        hint=verdict.hint,
        seconds=round(seconds, 4),
    )


def _cells(session: Session) -> str:
    if not session.cell_faults:
        return ""
    parts = [
        f"cell {fault.cell}{f', line {fault.line}' if fault.line else ''} ({clean(fault.type_name)}: "
        f"{clean(fault.message, 200)})"
        for fault in session.cell_faults[:3]
    ]
    more = "" if len(session.cell_faults) <= 3 else f" and {len(session.cell_faults) - 3} more"
    return f"Raised while the notebook ran: {'; '.join(parts)}{more}."
