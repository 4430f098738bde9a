"""Filters of the table of submissions: each choice is a token, and a row has those that fit it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.report import words
from grader.report.items import CheckRate
from grader.report.mistaken import MistakeView, named_in
from grader.report.row import Row


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice; `name` stands in links, as it does not change from run to run."""

    token: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A list of choices of which one can be made."""

    name: str
    label: str
    choices: tuple[Choice, ...]


class Filters:
    """The filters of a class, and the tokens of its rows."""

    def __init__(self, rows: Sequence[Row], mistakes: Sequence[MistakeView], checks: Sequence[CheckRate]) -> None:
        self._mistakes = {one.slug: one.token for one in mistakes}
        self._statuses = {status: f"o{at}" for at, status in enumerate(words.STATUSES)}
        self._checks = {check.id: f"f{check.number}" for check in checks}
        used = {token for row in rows for token in self.tokens_of(row).split()}
        groups = (
            Filter("outcome", "Outcome", tuple(
                Choice(self._statuses[status], status, word.word) for status, word in words.STATUSES.items()
            )),
            Filter("mistake", "Mistake", tuple(Choice(one.token, one.slug, one.name) for one in mistakes)),
            Filter("failed", "Failed check", tuple(Choice(self._checks[one.id], one.id, one.title) for one in checks)),
            Filter("only", "Only", (
                Choice("w", "waiting", "waits for a person"),
                Choice("c", "copies", "same files as another"),
                Choice("l", "late", "late"),
            )),
        )  # fmt: skip
        kept = (Filter(one.name, one.label, tuple(c for c in one.choices if c.token in used)) for one in groups)
        self.groups = tuple(one for one in kept if one.choices)

    def tokens_of(self, row: Row) -> str:
        """List the tokens of a row."""
        tokens = [self._statuses["not_graded" if row.score is None else row.status]]
        tokens += [self._mistakes[slug] for slug in named_in(row) if slug in self._mistakes]
        tokens += [
            self._checks[head.id]
            for head, mark in zip(row.heads, row.marks, strict=True)
            if mark.outcome in words.LOST and head.id in self._checks
        ]
        record = row.record
        marks = (
            (waits(row), "w"),
            (record is not None and bool(record.same), "c"),
            (record is not None and bool(record.late), "l"),
        )
        return " ".join([*tokens, *(token for holds, token in marks if holds)])


def waits(row: Row) -> bool:
    """Tell whether a check of a submission waits for a person."""
    return any(mark.outcome == "manual" and mark.points is None for mark in row.marks)
