"""The commonest mistakes of a class: which, how many made them, at which checks, and who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.report.marking import mistake_name
from grader.report.row import Row
from grader.report.text import line

_MOST_NAMES = 200
"""Of one mistake; in a class of thousands the filter shows the others."""


@dataclass(frozen=True, slots=True)
class MistakeView:
    """One mistake; `token` stands at the rows of those who made it."""

    slug: str
    name: str
    token: str
    many: int
    checks: tuple[str, ...]
    who: tuple[str, ...]
    more: int


def mistakes_of(rows: Sequence[Row]) -> tuple[MistakeView, ...]:
    """List the mistakes that were named, the commonest first."""
    made: dict[str, list[Row]] = {}
    checks: dict[str, dict[str, None]] = {}
    for row in rows:
        for slug in named_in(row):
            made.setdefault(slug, []).append(row)
    for slug, some in made.items():
        for row in some[:50]:
            for head, mark in zip(row.heads, row.marks, strict=True):
                if mark.mistake == slug:
                    checks.setdefault(slug, {})[line(head.title).removesuffix(".") or line(head.id)] = None
    order = sorted(made, key=lambda slug: (-len(made[slug]), slug))
    return tuple(
        MistakeView(
            slug=line(slug),
            name=mistake_name(slug),
            token=f"m{at}",
            many=len(made[slug]),
            checks=tuple(checks[slug]),
            who=tuple(line(row.student) or line(row.id) for row in made[slug][:_MOST_NAMES]),
            more=max(0, len(made[slug]) - _MOST_NAMES),
        )
        for at, slug in enumerate(order)
    )


def named_in(row: Row) -> tuple[str, ...]:
    """List the mistakes of one submission, each once, in the order of the checks."""
    return tuple(dict.fromkeys(mark.mistake for mark in row.marks if mark.mistake))
