"""The roll of a class: every student on record in a row, with the mark and with how the submission came to us."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from grader.gradebook.book import Gradebook, Standing
from grader.gradebook.marks import Mark, Policy, marks_of
from grader.gradebook.reviews import Entry, Reviews, Work, reviewed_result, reviewed_standings
from grader.report.row import Record, Row, row_of
from grader.results import Result


def class_rows(done: Sequence[Row], handed_in: Collection[str], book: Gradebook, policy: Policy) -> list[Row]:
    """Join what a run has finished with whoever else is on record; `handed_in` are the ids that the run was given."""
    standings, decided = reviewed_standings(book), Reviews(book).current()
    newest = {one.student_id: one for one in standings}
    marks = {mark.student_id: mark for mark in marks_of(standings, policy)}
    graded = {one.student_id: one for one in standings if one.outcome_id}
    # What a person has decided meanwhile is not in the rows of a run.
    fresh = [row for row in done if (row.id, row.sha256) not in decided or row.id not in graded]
    finished = {row.id for row in fresh}
    rows = [*fresh, *_on_record(book, [one for one in graded.values() if one.student_id not in finished], decided)]
    whole, given, same = book.last_whole_run(), set(handed_in), _copies(rows)
    joined = []
    for row in rows:
        mine = newest[row.id]
        record = _record(marks[row.id], mine, policy, same.get(row.sha256, ()))
        if row.id not in given and mine.last_run < whole:
            record = dataclasses.replace(record, gone=True)
        joined.append(dataclasses.replace(row, record=record))
    return joined


def _on_record(
    book: Gradebook, standings: Iterable[Standing], decided: Mapping[Work, Mapping[str, Entry]]
) -> Iterator[Row]:
    for known in book.results([one.outcome_id for one in standings]):
        result = known.part(Result)
        mine = decided.get((result.submission.id, result.submission.sha256))
        yield row_of(reviewed_result(result, mine) if mine else result)


def _record(mark: Mark, newest: Standing, policy: Policy, same: tuple[str, ...]) -> Record:
    return Record(
        points=mark.points,
        why=mark.why,
        attempt=mark.attempt,
        attempts=mark.attempts,
        late=mark.late,
        days_late=mark.days_late,
        untimed=policy.due is not None and mark.late is None,
        submitted_at=mark.handin.submitted_at,
        notes=newest.handin.notes,
        gone=False,
        same=same,
        other_checks=mark.other_checks,
    )


def _copies(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """List who handed in the same files, by their hash; what is no submission, an empty folder say, is no copy."""
    by_hash: dict[str, list[str]] = {}
    for row in rows:
        if row.status != "rejected":
            by_hash.setdefault(row.sha256, []).append(row.student)
    return {sha256: tuple(sorted(names)) for sha256, names in by_hash.items() if len(names) > 1}
