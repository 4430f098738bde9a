"""A run: what is on record is taken over, the rest is graded, and all of it is put on record.

assignment -> executor -> submissions -> gradebook -> what is known by content, then what an executor grades
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from grader.assignment import Assignment
from grader.errors import UsageError
from grader.report.row import Row, row_of
from grader.report.write import is_written, write_class, write_submission
from grader.results import GradedSubmission, Result, to_json
from grader.sandbox import forks
from grader.submission import Submission

if TYPE_CHECKING:
    from grader.executors import Executor
    from grader.gradebook.book import Gradebook
    from grader.gradebook.known import Known
    from grader.reuse import Keys


@dataclass(frozen=True)
class Options:
    """What a run is asked for: the arguments of `grade run`."""

    assignment: str
    submissions: tuple[Path, ...]
    directory: Path
    course: Path | None = None
    jobs: int | None = None
    layout: str = "auto"
    sandbox: str = "auto"
    executor: str = "local"
    gradebook: str | None = None
    fresh: bool = False
    seed: int = 0
    only: str | None = None
    pictures: bool = True
    check: str | None = None
    """The one check to carry out, with those that it needs; the results are then no marks."""


class Finished(NamedTuple):
    """One submission of a run, and whether its result was on record before."""

    submission: Submission
    result: Result
    reused: bool


@dataclass
class Run:
    """A run that has found its submissions; to be walked through once, inside of `begin`."""

    options: Options
    assignment: Assignment
    submissions: tuple[Submission, ...]
    whole: bool
    """Whether these are all that were handed in, and not a part of them (`--only`, or one file)."""
    book: Gradebook
    executor: Executor | None
    """Who grades; none where nothing is to be graded."""
    rows: list[Row] = field(default_factory=list)
    """What the class page needs of what was finished so far; once it is written, with what the gradebook adds."""
    reused: int = 0
    """How many of them were on record before."""

    def __iter__(self) -> Iterator[Finished]:
        """Finish one submission after the other."""
        with closing(self._finish()) as all_finished:
            yield from all_finished

    def is_settled(self) -> bool:
        """Tell whether all of it is on record by content."""
        keys = _keys(self.options, self.assignment)
        return self.book.knows({keys.of(one) for one in self.submissions})

    def write_pages(self) -> None:
        """Write the pages of the class: what this run has finished, and whoever else is on record."""
        from grader.gradebook.marks import Policy
        from grader.gradebook.roll import class_rows

        policy, done = self.assignment.policy, {row.id for row in self.rows}
        rows = class_rows(self.rows, [one.id for one in self.submissions], self.book, policy)
        title = self.assignment.title
        write_class(self.options.directory, rows, assignment_title=title, marked=policy != Policy())
        self.rows = [row for row in rows if row.id in done]

    def _finish(self) -> Generator[Finished]:
        """Take over what is on record, then grade the rest; yields each when its files and its record are there."""
        keys = _keys(self.options, self.assignment)
        self.book.begin(self.submissions, whole=self.whole)
        left: list[Submission] = []
        if self.options.fresh:
            left += self.submissions
        else:
            yield from self._taken_over(keys, left)
        if left:
            yield from self._graded(keys, left)

    def _graded(self, keys: Keys, left: Sequence[Submission]) -> Iterator[Finished]:
        from grader.task import Task

        assert self.executor is not None
        by_id = {one.id: one for one in left}
        task = Task(self.assignment, self.options.seed, self.options.directory, self.options.check)
        with closing(self.executor.grade(task, iter(left))) as all_graded:
            for graded in all_graded:
                if graded.result.checks_sha256 != keys.checks_sha256:  # of a job that took the place of one that died
                    raise UsageError(
                        f"the checks of {self.assignment.slug} were changed during the run: run it again; "
                        "what was graded by those before is kept"
                    )
                submission = by_id[graded.result.submission.id]
                with forks.uninterrupted():
                    self.book.record(submission, keys.of(submission), graded)
                    decided = self._reviewed(graded)
                    if decided is not graded:
                        write_submission(self.options.directory, decided, self.assignment.feedback)
                    self.rows.append(row_of(decided.result))
                yield Finished(submission, decided.result, False)

    def _taken_over(self, keys: Keys, left: list[Submission]) -> Iterator[Finished]:
        """Take over what is on record by content, of whoever; the rest is `left`."""
        from grader.gradebook.book import ROWS
        from grader.gradebook.reviews import Reviews

        decided = {student for student, _ in Reviews(self.book).current()}
        for start in range(0, len(self.submissions), ROWS):
            some = self.submissions[start : start + ROWS]
            wanted = {self.book.attempt_of(one): keys.of(one) for one in some}
            known = self.book.known(wanted)
            again: list[int] = []
            finished: list[Finished] = []
            for one in some:
                attempt = self.book.attempt_of(one)
                if (record := known.get(attempt)) is None:
                    left.append(one)
                    continue
                result, as_recorded = self._written(one, record, decided)
                finished.append(Finished(one, result, True))
                if record.attempt_id == attempt and as_recorded:
                    again.append(record.outcome_id)
                else:
                    fact = record.decoded()
                    own = msgspec.structs.replace(fact.result, submission=one.info)
                    self.book.record(one, wanted[attempt], GradedSubmission(result=own, evidence=fact.evidence))
            self.book.seen_again(again)
            self.rows += [row_of(one.result) for one in finished]
            self.reused += len(finished)
            yield from finished

    def _reviewed(self, graded: GradedSubmission) -> GradedSubmission:
        """Apply what persons have decided by now: they may do so while a run goes on."""
        from grader.gradebook.reviews import Reviews, reviewed

        return reviewed(graded, Reviews(self.book).current(graded.result.submission.id))

    def _written(self, submission: Submission, record: Known, decided: Collection[str]) -> tuple[Result, bool]:
        """Decode a record for a submission, and write its files where they are not there as they should be.

        Tells too whether the record is of this very submission: of another student's, or before a change of the name,
        it is not.
        """
        data, result, info = record.result_json(), record.part(Result), submission.info
        as_recorded = info == result.submission
        there = as_recorded and info.id not in decided
        if there and is_written(self.options.directory, info.id, data, self.assignment.feedback):
            return result, True
        graded = record.decoded()
        graded = msgspec.structs.replace(graded, result=msgspec.structs.replace(result, submission=info))
        graded = self._reviewed(graded)  # asked anew: what is not as it was graded may have been decided just now
        if not is_written(self.options.directory, info.id, to_json(graded.result), self.assignment.feedback):
            write_submission(self.options.directory, graded, self.assignment.feedback)
        return graded.result, as_recorded


def _keys(options: Options, assignment: Assignment) -> Keys:
    from grader.environment import environment_here
    from grader.reuse import Keys

    return Keys(assignment, options.seed, environment_here(), walled=options.sandbox != "off")
