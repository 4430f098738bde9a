"""What persons have decided: manual checks, and checks whose outcome staff have overridden.

Results stay facts. A decision belongs to what was handed in, a student's files and a check, so it holds when the same
files are graded anew, and not for other files, which wait again. Entries are only ever added.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grader.errors import GradeError
from grader.gradebook.book import Gradebook, Standing
from grader.gradebook.rubrics import standings_with_checks
from grader.gradebook.tables import Review
from grader.results import CheckResult, GradedSubmission, Result, Reviewed

Work = tuple[str, str]
"""A student's id, and the hash of the files."""


@dataclass(frozen=True)
class Entry:
    """One decision; with `points` of None it takes back the one before."""

    number: int
    student_id: str
    sha256: str
    check: str
    points: float | None
    comment: str
    by: str
    at: str


class ConflictError(GradeError):
    """Say that somebody else has decided meanwhile: nothing of theirs is overwritten unseen."""

    def __init__(self, current: Entry) -> None:
        super().__init__(f"{current.by} has decided on this check at {current.at}.")
        self.current = current


class Reviews:
    """The decisions in a gradebook, for its assignment."""

    def __init__(self, book: Gradebook) -> None:
        self._book = book

    def current(self, student_id: str | None = None) -> dict[Work, dict[str, Entry]]:
        """Give what counts now, by work and check; of one student or of all."""
        found: dict[Work, dict[str, Entry]] = {}
        for entry in self.history(student_id):
            mine = found.setdefault((entry.student_id, entry.sha256), {})
            mine[entry.check] = entry
        kept = {
            work: {check: entry for check, entry in some.items() if entry.points is not None}
            for work, some in found.items()
        }
        return {work: some for work, some in kept.items() if some}

    def history(self, student_id: str | None = None, check: str | None = None) -> list[Entry]:
        """List entries from the first to the last."""
        asked = select(Review).where(Review.assignment == self._book.assignment)
        if student_id is not None:
            asked = asked.where(Review.student_id == student_id)
        if check is not None:
            asked = asked.where(Review.check_id == check)
        with self._book.session() as session:
            return [_entry(row) for row in session.scalars(asked.order_by(Review.id))]

    def add(self, entry: Entry, *, nonce: str, upon: int) -> Entry:
        """Record a decision, for good when it returns; the same nonce, as of a double click, is recorded once.

        `upon` is the number of the entry that whoever decides has seen, 0 for none; raises `ConflictError` where there
        is a later one.
        """
        row = Review(
            assignment=self._book.assignment, student_id=entry.student_id, sha256=entry.sha256, check_id=entry.check,
            points=entry.points, comment=entry.comment, reviewer=entry.by, reviewed_at=_now(), nonce=nonce, upon=upon,
        )  # fmt: skip
        for _ in range(2):
            with self._book.session() as session:
                if known := session.scalar(select(Review).where(Review.nonce == nonce)):
                    if (known.points, known.comment) != (entry.points, entry.comment):  # "back", and then changed
                        raise ConflictError(self._last(session, entry) or _entry(known))
                    return _entry(known)
                if (last := self._last(session, entry)) is not None and last.number != upon:
                    raise ConflictError(last)
                try:
                    with session.begin_nested():
                        session.add(row)
                except IntegrityError:  # another process was quicker by a moment: look again
                    continue
                return _entry(row)
        raise GradeError("the decision could not be recorded: try again.")

    def _last(self, session: Session, entry: Entry) -> Entry | None:
        asked = select(Review).where(
            Review.assignment == self._book.assignment, Review.student_id == entry.student_id,
            Review.sha256 == entry.sha256, Review.check_id == entry.check,
        )  # fmt: skip
        row = session.scalar(asked.order_by(Review.id.desc()).limit(1))
        return None if row is None else _entry(row)


def reviewed_standings(book: Gradebook) -> list[Standing]:
    """List every attempt as `Gradebook.standings`, with the scores that persons' decisions make."""
    standings, decided = standings_with_checks(book), Reviews(book).current()
    touched = {one.outcome_id: decided[_work(one)] for one in standings if one.outcome_id and _work(one) in decided}
    results = {known.outcome_id: known.decoded().result for known in book.results(list(touched))}
    scored = {number: reviewed_result(result, touched[number]) for number, result in results.items()}
    return [
        replace(one, status=result.status, score=result.score, max_score=result.max_score)
        if (result := scored.get(one.outcome_id)) is not None and not one.waiting
        else one
        for one in standings
    ]


def reviewed(graded: GradedSubmission, decided: Mapping[Work, Mapping[str, Entry]]) -> GradedSubmission:
    """Apply what was decided on a submission; without decisions it stays as it is."""
    info = graded.result.submission
    mine = decided.get((info.id, info.sha256))
    if not mine:
        return graded
    before = {check.id: check for check in graded.result.checks}
    notes = {
        name: Reviewed(
            by=entry.by, at=entry.at, comment=entry.comment, outcome=before[name].outcome, points=before[name].points
        )
        for name, entry in mine.items()
        if name in before
    }
    evidence = msgspec.structs.replace(graded.evidence, reviews=notes)
    return GradedSubmission(result=reviewed_result(graded.result, mine), evidence=evidence)


def reviewed_result(result: Result, mine: Mapping[str, Entry]) -> Result:
    """Put a person's points into a result: such a check is `manual` and has points, and is counted."""
    checks = tuple(_decided(check, mine[check.id]) if check.id in mine else check for check in result.checks)
    counted = [check for check in checks if check.outcome != "manual" or check.points is not None]
    known = [check.points for check in counted if check.points is not None]
    score = round(sum(known), 6) if counted and len(known) == len(counted) else None
    status, message = result.status, result.message
    if status == "not_graded" and score is not None:
        # Where no check ran, the message is about a fault of ours; as a note of a graded work, students would read it.
        ran = any(check.outcome not in ("internal_error", "manual") for check in result.checks)
        status, message = "graded", message if ran else ""
    most = round(sum(check.max_points for check in counted), 6)
    return msgspec.structs.replace(result, checks=checks, score=score, max_score=most, status=status, message=message)


def _decided(check: CheckResult, entry: Entry) -> CheckResult:
    assert entry.points is not None  # what was taken back is not among what counts
    points = min(max(entry.points, 0.0), check.max_points)
    return msgspec.structs.replace(
        check, outcome="manual", points=points, message=entry.comment, hint=None, mistake=None
    )


def _work(standing: Standing) -> Work:
    return standing.student_id, standing.sha256


def _entry(row: Review) -> Entry:
    return Entry(
        number=row.id, student_id=row.student_id, sha256=row.sha256, check=row.check_id, points=row.points,
        comment=row.comment, by=row.reviewer, at=row.reviewed_at,
    )  # fmt: skip


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
