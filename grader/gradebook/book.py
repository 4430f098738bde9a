"""The gradebook as a run and an export use it: what is known by content, what is new, who stands where."""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.errors import GradeError, UsageError
from grader.gradebook.known import Known
from grader.gradebook.places import FILE, open_engine, readable, url_of, url_to_read
from grader.gradebook.tables import Attempt, Format, Outcome, Run
from grader.handin import Handin
from grader.results import GradedSubmission, to_json
from grader.submission import Submission

ROWS = 500
"""Rows of one question: databases limit its parameters, and a class need not be in memory."""

_Place = tuple[str, str, str]


@dataclass(frozen=True)
class Standing:
    """One attempt of one student, and how it was graded last; a null score is None."""

    outcome_id: int
    """0 where it has never been graded."""
    student_id: str
    student: str
    sha256: str
    handin: Handin
    first_run: int
    last_run: int
    status: str
    score: float | None
    max_score: float
    waiting: bool = False
    """Whether the last run that saw it did not get to it: how it was graded before, if at all, does not count."""
    checks: str = ""
    """The hash of the checks that graded it; empty where nobody has asked."""


class Gradebook:
    """The open gradebook of one assignment; every method is one transaction, done for good when it returns."""

    def __init__(self, url: str, assignment: str, *, durable: bool = False) -> None:
        self.url, self.assignment = url, assignment
        self._engine = open_engine(url, durable=durable)
        self._run = 0
        self._attempts: dict[_Place, int] = {}

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def begin(self, submissions: Sequence[Submission], *, whole: bool) -> None:
        """Record that a run begins, and what was handed in; an attempt that is known is seen again."""
        with self.session() as session:
            session.scalar(select(Format.version).with_for_update())  # of two runs at once, one begins after the other
            run = Run(assignment=self.assignment, started_at=_now(), whole=whole)
            session.add(run)
            session.flush()
            self._run = run.id
            known = self._known_attempts(session)
            new = {_place(one): self._new_attempt(one) for one in submissions if _place(one) not in known}
            session.add_all(new.values())
            session.flush()
            self._attempts = known | {place: attempt.id for place, attempt in new.items()}
            seen = [
                {"id": known[place], "last_run": run.id, "student": one.student, "handin": _encoded(one.handin)}
                for one in submissions
                if (place := _place(one)) in known
            ]
            if seen:
                session.execute(update(Attempt), seen)

    def attempt_of(self, submission: Submission) -> int:
        """Give the number of the attempt that a submission of this run is."""
        return self._attempts[_place(submission)]

    def known(self, wanted: Mapping[int, str]) -> dict[int, Known]:
        """Find the results on record for attempts with these keys: their own, else of whoever handed in the same.

        What we could not grade is not among them.
        """
        usable = Outcome.score.is_not(None)
        asked = select(Outcome.id, Outcome.attempt_id, Outcome.result, Outcome.evidence, Outcome.key)
        with self.session() as session:
            mine = session.execute(asked.where(Outcome.attempt_id.in_(wanted), usable))
            found = {row.attempt_id: Known(*row[:-1]) for row in mine if row.key == wanted[row.attempt_id]}
            missing = {key for attempt, key in wanted.items() if attempt not in found}
            firsts = select(func.min(Outcome.id)).where(Outcome.key.in_(missing), usable).group_by(Outcome.key)
            others = session.execute(asked.where(Outcome.id.in_(firsts))) if missing else ()
            by_key = {row.key: Known(*row[:-1]) for row in others}
        return {attempt: by_key[key] for attempt, key in wanted.items() if key in by_key} | found

    def knows(self, keys: Collection[str]) -> bool:
        """Tell whether there is a result for each of these keys."""
        asked, left = select(Outcome.key).where(Outcome.score.is_not(None)), list(keys)
        with self.session() as session:
            for start in range(0, len(left), ROWS):
                some = left[start : start + ROWS]
                if len(set(session.scalars(asked.where(Outcome.key.in_(some))))) < len(some):
                    return False
        return True

    def record(self, submission: Submission, key: str, graded: GradedSubmission) -> None:
        """Record how an attempt was graded; the same key replaces."""
        try:
            self._record(self.attempt_of(submission), key, graded)
        except GradeError as error:
            if not isinstance(error.__cause__, IntegrityError):
                raise
            self._record(self.attempt_of(submission), key, graded)  # another run has just recorded the same

    def _record(self, attempt: int, key: str, graded: GradedSubmission) -> None:
        result = graded.result
        with self.session() as session:
            row = session.scalar(select(Outcome).where(Outcome.attempt_id == attempt, Outcome.key == key))
            if row is None:
                row = Outcome(attempt_id=attempt, key=key)
                session.add(row)
            row.run_id, row.graded_at = max(row.run_id or 0, self._run), _now()
            row.status, row.score, row.max_score = result.status, result.score, result.max_score
            row.result, row.evidence = zlib.compress(to_json(result)), zlib.compress(to_json(graded.evidence))

    def seen_again(self, outcomes: Sequence[int]) -> None:
        """Record that this run takes these results as they stand."""
        older = (Outcome.id.in_(outcomes), Outcome.run_id < self._run)  # not of a run that began after this one
        if outcomes:
            with self.session() as session:
                session.execute(update(Outcome).where(*older).values(run_id=self._run))

    def standings(self, student_id: str | None = None) -> list[Standing]:
        """List every attempt, of all or of one, by student, and a student's from the first seen to the last."""
        asked = self._attempts_and_outcomes()
        if student_id is not None:
            asked = asked.where(Attempt.student_id == student_id)
        with self.session() as session:
            rows = session.execute(asked).all()
        latest = {row.attempt_id: row for row in rows}  # of several results of an attempt, the last counts
        return [_waiting(_standing(row), row.run_id, self._run) for row in latest.values()]

    def regraded(self) -> list[tuple[Standing, Standing]]:
        """Give how each student's latest attempt was graded before, and how it is now, where it was graded twice."""
        with self.session() as session:
            rows = session.execute(self._attempts_and_outcomes().where(Outcome.id.is_not(None))).all()
        latest = {row.student_id: row.attempt_id for row in rows}
        by_attempt: dict[int, list[Row[Any]]] = {}
        for row in rows:
            if latest[row.student_id] == row.attempt_id:
                by_attempt.setdefault(row.attempt_id, []).append(row)
        return [(_standing(results[-2]), _standing(results[-1])) for results in by_attempt.values() if results[1:]]

    def history(self, student_id: str) -> list[Known]:
        """Read every result of a student, from the first to the last."""
        asked = select(Outcome.id, Outcome.attempt_id, Outcome.result, Outcome.evidence).join(Attempt)
        mine = asked.where(Attempt.assignment == self.assignment, Attempt.student_id == student_id)
        with self.session() as session:
            return [Known(*row) for row in session.execute(mine.order_by(Outcome.run_id, Outcome.id))]

    def results(self, outcomes: Sequence[int]) -> Iterator[Known]:
        """Read results by their numbers."""
        asked = select(Outcome.id, Outcome.attempt_id, Outcome.result, Outcome.evidence)
        for start in range(0, len(outcomes), ROWS):
            some = outcomes[start : start + ROWS]
            with self.session() as session:
                rows = [Known(*row) for row in session.execute(asked.where(Outcome.id.in_(some)))]
            yield from rows

    def last_whole_run(self) -> int:
        """Give the number of the last run of a whole class; 0 where there was none."""
        asked = select(func.max(Run.id)).where(Run.assignment == self.assignment, Run.whole)
        with self.session() as session:
            return session.scalar(asked) or 0

    def _known_attempts(self, session: Session) -> dict[_Place, int]:
        asked = select(Attempt.id, Attempt.student_id, Attempt.sha256, Attempt.submitted_at)
        rows = session.execute(asked.where(Attempt.assignment == self.assignment))
        return {(student, sha256, when): number for number, student, sha256, when in rows}

    def _new_attempt(self, one: Submission) -> Attempt:
        student_id, sha256, submitted_at = _place(one)
        return Attempt(
            assignment=self.assignment,
            student_id=student_id,
            student=one.student,
            sha256=sha256,
            submitted_at=submitted_at,
            handin=_encoded(one.handin),
            first_run=self._run,
            last_run=self._run,
        )

    def _attempts_and_outcomes(self) -> Select[*tuple[Any, ...]]:
        columns = (
            Outcome.id,
            Outcome.run_id,
            Attempt.id.label("attempt_id"),
            Attempt.student_id,
            Attempt.student,
            Attempt.sha256,
            Attempt.handin,
            Attempt.first_run,
            Attempt.last_run,
            Outcome.status,
            Outcome.score,
            Outcome.max_score,
        )
        order = (Attempt.student_id, Attempt.last_run, Attempt.id, Outcome.run_id, Outcome.id)
        return (
            select(*columns)
            .select_from(Attempt)
            .outerjoin(Outcome)
            .where(Attempt.assignment == self.assignment)
            .order_by(*order)
        )

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open one transaction, done for good where it ends without an error."""
        with readable(self.url), Session(self._engine) as session, session.begin():
            yield session


def open_existing(
    directory: Path, url: str | None, assignment: str | None = None, *, durable: bool = False
) -> Gradebook:
    """Open what a run has left; of several assignments in one gradebook, `assignment` says which."""
    if url is None and not (directory / FILE).is_file():
        raise UsageError(f"{directory} holds no {FILE}: give the folder of results of a `grade run`.")
    address = url_to_read(url_of(directory, url))
    engine = open_engine(address)
    with readable(address), Session(engine) as session:
        known = sorted(session.scalars(select(Run.assignment).distinct()))
    engine.dispose()
    if assignment is None and len(known) == 1:
        assignment = known[0]
    if assignment not in known:
        asked = "say which with --assignment" if assignment is None else f"{assignment} is not among them"
        raise UsageError(f"the gradebook holds {', '.join(known) or 'no run yet'}: {asked}.")
    return Gradebook(address, assignment, durable=durable)


def _standing(row: Row[Any]) -> Standing:
    return Standing(
        outcome_id=row.id or 0,
        student_id=row.student_id,
        student=row.student,
        sha256=row.sha256,
        handin=msgspec.json.decode(row.handin, type=Handin),
        first_run=row.first_run,
        last_run=row.last_run,
        status=row.status or "not_graded",
        score=row.score,
        max_score=row.max_score or 0.0,
    )


def _waiting(standing: Standing, graded_by: int | None, ours: int) -> Standing:
    """Set aside how an attempt was graded, where the last run that saw it, up to ours, was to grade it and has not."""
    if graded_by is not None and graded_by >= min(standing.last_run, ours or standing.last_run):
        return standing
    return replace(standing, status="not_graded", score=None, waiting=True)


def _place(one: Submission) -> _Place:
    return one.id, one.sha256, one.handin.submitted_at[:64]


def _encoded(handin: Handin) -> bytes:
    return msgspec.json.encode(handin)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
