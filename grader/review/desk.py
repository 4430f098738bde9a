"""What lies on the desk of whoever reviews: the works of a class, what waits, and what a decision changes."""

from __future__ import annotations

import math
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.assignment import Assignment
from grader.errors import GradeError, UsageError
from grader.gradebook.book import Gradebook, Standing
from grader.gradebook.marks import Policy
from grader.gradebook.reviews import Entry, Reviews, reviewed, reviewed_standings
from grader.gradebook.roll import class_rows
from grader.pictures import Feedback
from grader.report.write import is_written, settings_of, write_class, write_submission
from grader.results import CheckResult, GradedSubmission, Result, to_json

_PAUSE = 1.0
"""Seconds after a decision until the pages of the class are written: the next one may follow at once."""

_FRESH = 20.0
"""Seconds for which the list of what is asked of persons holds: a run may go on meanwhile."""


class BusyError(GradeError):
    """Say that a run has begun to grade somebody anew, and has not come to it yet."""


@dataclass(frozen=True)
class Item:
    """One check of one work: what may be decided on."""

    student_id: str
    check: str


@dataclass(frozen=True)
class Work:
    """The latest attempt of a student, as it was graded and as persons have decided."""

    standing: Standing
    fact: GradedSubmission
    shown: GradedSubmission

    def check(self, name: str) -> CheckResult | None:
        """Find a check as it counts now."""
        return next((check for check in self.shown.result.checks if check.id == name), None)

    def before(self, name: str) -> CheckResult | None:
        """Find a check as the program has left it."""
        return next((check for check in self.fact.result.checks if check.id == name), None)


class Desk:
    """Reads works from a gradebook, records decisions in it, and brings the pages of DIR up to them."""

    def __init__(self, book: Gradebook, directory: Path, assignment: Assignment | None) -> None:
        self.book, self.directory = book, directory
        self.feedback = assignment.feedback if assignment else Feedback()
        self.title = assignment.title if assignment else book.assignment
        self._policy = assignment.policy if assignment else Policy()
        self._reviews = Reviews(book)
        self._pages = threading.Lock()
        self._timer: threading.Timer | None = None
        self._stale = False
        """Whether there are decisions that the pages of the class do not have yet."""
        self._asked: list[tuple[str, Item]] = []
        self._read_at = -math.inf

    def works(self, student_id: str | None = None) -> dict[str, Standing]:
        """List the latest graded attempt of each student, or of one, by id, in the order of their names."""
        standings = self.book.standings(student_id)
        latest = {one.student_id: one for one in standings if one.outcome_id and not one.waiting}
        return dict(sorted(latest.items(), key=lambda pair: (pair[1].student.casefold(), pair[0])))

    def work(self, student_id: str) -> Work:
        """Read one; raises `UsageError` where there is none, and `BusyError` where a run is to grade it anew."""
        standing = self.works(student_id).get(student_id)
        if standing is None:
            if any(one.waiting for one in self.book.standings(student_id)):
                raise BusyError(f"{student_id} is to be graded anew: come back when `grade run` is done.")
            raise UsageError(f"nobody is called {student_id} here.")
        return self._read(standing)

    def _read(self, standing: Standing) -> Work:
        (known,) = self.book.results([standing.outcome_id])
        fact = known.decoded()
        return Work(standing, fact, reviewed(fact, self._reviews.current(standing.student_id)))

    def waiting(self, works: Mapping[str, Standing] | None = None) -> list[Item]:
        """List what waits for a person: check by check, so that one reads the same question again and again."""
        decided = {
            (student_id, sha256, check)
            for (student_id, sha256), some in self._reviews.current().items()
            for check in some
        }
        works = self.works() if works is None else works  # a run takes some away for a while, and brings them back
        return [
            item
            for sha256, item in self._asked_of_persons()
            if (item.student_id, sha256, item.check) not in decided and item.student_id in works
        ]

    def following(self, asked: Item) -> Item | None:
        """Find what waits after an item: the same check first, and whoever was passed over last."""
        left, order = self.waiting(), [item for _, item in self._asked]
        passed = set(order[: order.index(asked) + 1]) if asked in order else set()
        others = (item for item in left if item != asked)
        return min(others, key=lambda item: (item.check != asked.check, item in passed), default=None)

    def _asked_of_persons(self) -> list[tuple[str, Item]]:
        """List what no program has decided, with the hash of the files; ten thousand results are read once a while."""
        if time.monotonic() - self._read_at > _FRESH:
            works = self.works()
            found: dict[str, list[tuple[str, Item]]] = {}
            for student_id, result in self._results(works):
                for check in result.checks:
                    if check.points is None:
                        asked = (works[student_id].sha256, Item(student_id, check.id))
                        found.setdefault(check.id, []).append(asked)
            self._asked = [asked for some in found.values() for asked in some]
            self._read_at = time.monotonic()
        return self._asked

    def decided(self) -> int:
        """Count what persons have decided on the works that count."""
        works = {(one.student_id, one.sha256) for one in self.works().values()}
        return sum(len(some) for work, some in self._reviews.current().items() if work in works)

    def history(self, student_id: str, check: str) -> list[Entry]:
        """List the decisions on a check, from the first to the last."""
        return self._reviews.history(student_id, check)

    def decide(self, entry: Entry, *, nonce: str, upon: int) -> Entry:
        """Record a decision, then write the pages of the student, and soon those of the class."""
        recorded = self._reviews.add(entry, nonce=nonce, upon=upon)
        try:
            with self._pages:
                # Of what was graded last, though a run may have begun meanwhile that is to grade it anew.
                graded = [one for one in self.book.standings(entry.student_id) if one.outcome_id]
                self._write(self._read(graded[-1]))
        except OSError as error:
            raise GradeError(f"The decision is on record. {_unwritten(error)}") from error
        finally:
            self._soon()
        return recorded

    def mend(self) -> None:
        """Write what a crash has left unwritten."""
        works = self.works()
        touched = {(entry.student_id, entry.sha256) for entry in self._reviews.history()}  # taken back or not
        for student_id, sha256 in sorted(touched):
            if student_id in works and works[student_id].sha256 == sha256:
                work = self.work(student_id)
                feedback = settings_of(self.directory, student_id, self.feedback)
                if not is_written(self.directory, student_id, to_json(work.shown.result), feedback):
                    self._write(work)
        self.write_class()

    def close(self) -> None:
        """Write the pages of the class, if that is still to be done."""
        if self._timer is not None:
            self._timer.cancel()
        with self._pages:  # it may have begun, and must not be cut off in the middle
            pass
        if self._stale:
            self.write_class()

    def write_class(self) -> None:
        """Write the pages of the class with all decisions."""
        with self._pages:
            self._stale = False
            try:
                rows = class_rows([], [], self.book, self._policy)
                write_class(self.directory, rows, assignment_title=self.title, marked=self._policy != Policy())
            except BaseException:
                self._stale = True
                raise

    def marks(self) -> dict[str, Standing]:
        """Give the scores with all decisions, by student."""
        return {one.student_id: one for one in reviewed_standings(self.book)}

    def _results(self, works: dict[str, Standing]) -> Iterator[tuple[str, Result]]:
        by_outcome = {one.outcome_id: student_id for student_id, one in works.items()}
        order = {student_id: at for at, student_id in enumerate(works)}
        found = [
            (by_outcome[known.outcome_id], msgspec.json.decode(known.result_json(), type=Result))
            for known in self.book.results(list(by_outcome))
        ]
        yield from sorted(found, key=lambda pair: order[pair[0]])

    def _write(self, work: Work) -> None:
        feedback = settings_of(self.directory, work.standing.student_id, self.feedback)
        write_submission(self.directory, work.shown, feedback)

    def _soon(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._stale = True
        self._timer = threading.Timer(_PAUSE, self._write_class_meanwhile)
        self._timer.daemon = True
        self._timer.start()

    def _write_class_meanwhile(self) -> None:
        try:
            self.write_class()
        except OSError as error:  # nobody waits for an answer: the next decision, or the end, tries again
            sys.stderr.write(f"grade: the pages of the class: {_unwritten(error)}\n")


def _unwritten(error: OSError) -> str:
    return f"Its page cannot be written now, and is when `grade review` starts the next time: {error}"
