"""What of a class a person should look at, in a line each: for the class page and for the end of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.report import words
from grader.report.row import Record, Row, ends_of
from grader.report.text import count, line, some_of
from grader.results import Status

_GROUPS = 5
"""Groups of copies that are told apart; a class may have hundreds."""

# What does not import tells its student why; these may be a limit, or a fault, of ours.
_STATUSES: tuple[Status, ...] = ("not_graded", "timed_out", "out_of_memory", "crashed", "rejected")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing: how many of what, and the first few names."""

    what: str
    names: str = ""


def findings_of(rows: Sequence[Row]) -> Iterator[Finding]:
    """Find what needs a person's eye, our own faults first."""
    for status in _STATUSES:
        # As everywhere, a score of None wins over the status.
        mine = [row for row in rows if ("not_graded" if row.score is None else row.status) == status]
        yield from _named(mine, words.STATUSES[status].word)
    yield from _copies(rows)
    yield from _failed_by_all(rows)
    yield from _on_record(rows)


def remarks_of(row: Row) -> tuple[str, ...]:
    """Say in a few words what is special about how a submission came."""
    record = row.record
    if record is None:
        return ()
    said = [
        (record.late, f"late, {record.days_late} days" if record.days_late > 1 else "late"),
        (record.attempts > 1, f"attempt {record.attempt} of {record.attempts}"),
        (record.gone, "not in the last class"),
        (record.same, f"same files as {others_of(row)}"),
    ]
    return (*(text for holds, text in said if holds), *(line(note) for note in record.notes))


def others_of(row: Row) -> str:
    """Name who else handed in the same files."""
    same = row.record.same if row.record else ()
    some = list(same[:6])  # five, and this student perhaps: not all of a large group for each of its members
    if row.student in some:
        some.remove(row.student)
    rest = len(same) - 1 - len(some[:5])
    return some_of(some[:5]) + (f" and {rest} more" if rest > 0 else "")


def _named(rows: Sequence[Row], what: str) -> Iterator[Finding]:
    if rows:
        yield Finding(f"{len(rows)} {what}", some_of([row.student or row.id for row in rows]))


def _copies(rows: Iterable[Row]) -> Iterator[Finding]:
    groups = {id(row.record.same): row.record.same for row in rows if row.record and row.record.same}
    for same in list(groups.values())[:_GROUPS]:
        yield Finding(f"{len(same)} handed in the same files", some_of(same))
    if len(groups) > _GROUPS:
        yield Finding(f"{count(len(groups) - _GROUPS, 'more group')} handed in the same files")


def _failed_by_all(rows: Sequence[Row]) -> Iterator[Finding]:
    """Find checks that nobody passed: of one that two or more ran, the check may be what is wrong."""
    failed = []
    for check, ended in ends_of(rows).items():
        if not ended["passed"] and sum(ended[outcome] for outcome in words.RAN) >= 2:
            failed.append(check)
    if failed:
        yield Finding(f"nobody passed {count(len(failed), 'check')}", some_of(failed))


def _on_record(rows: Sequence[Row]) -> Iterator[Finding]:
    kinds: tuple[tuple[Callable[[Row, Record], bool], str], ...] = (
        (lambda row, record: record.points is None and row.score is not None, "with a score and no mark yet"),
        (lambda _, record: record.untimed, "without a time of submission, taken to be in time"),
        (lambda _, record: record.other_checks, "with a mark by other checks than those of the last attempt"),
        (lambda _, record: record.gone, "not in the last class"),
        (lambda _, record: bool(record.notes), "with a note on how it was handed in"),
    )
    for holds, what in kinds:
        yield from _named([row for row in rows if row.record and holds(row, row.record)], what)
