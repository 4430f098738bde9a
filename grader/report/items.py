"""Item analysis: how each check did in a class, and whether it separates those who know from those who do not.

Discrimination is the corrected item-total correlation: Pearson's r between passing a check and the score without it,
over the submissions that ran it (F. M. Lord, M. R. Novick, "Statistical Theories of Mental Test Scores", 1968).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from grader.report import words
from grader.report.row import Head, Row, ends_of, heads_of
from grader.report.text import line, number, pass_rate
from grader.report.words import Word

_LEAST = 10
"""Submissions below which a correlation says nothing."""

_HARD, _EASY = 0.25, 0.97


@dataclass(frozen=True, slots=True)
class CheckRate:
    """How the class did at one check; `counts` follows the view's `outcomes`, `bar` is of 100."""

    number: int
    id: str
    title: str
    visibility: str
    worth: str
    counts: tuple[int, ...]
    rate: str
    rate_key: str
    bar: int
    parts: str
    """How well it parts the class: a number, empty where that says nothing."""
    seconds: str
    remark: Word | None


def items_of(rows: Sequence[Row]) -> tuple[tuple[Word, ...], tuple[CheckRate, ...]]:
    """Analyse every check; also says which outcomes there are."""
    heads, ended, seconds = heads_of(rows), ends_of(rows), _seconds(rows)
    parts = _discriminations(rows)
    seen = tuple(name for name in words.ENDS if any(counts[name] for counts in ended.values()))
    rates = []
    for at, head in enumerate(heads.values(), start=1):
        counts = ended[head.id]
        ran = sum(counts[name] for name in words.RAN)
        share = counts["passed"] / ran if ran else None
        r = parts.get(head.id)
        rate = CheckRate(
            number=at,
            id=line(head.id),
            title=line(head.title) or line(head.id),
            visibility=words.VISIBILITIES[head.visibility],
            worth=number(head.max_points),
            counts=tuple(counts[name] for name in seen),
            rate=pass_rate(counts["passed"], ran),
            rate_key=f"{share:.6f}" if share is not None else "",
            bar=int(100 * share) if share is not None else 0,
            parts="" if r is None else f"{r:+.2f}",
            seconds=f"{seconds[head.id]:.3f}" if head.id in seconds else "",
            remark=_remark(share, ran, r),
        )
        rates.append(rate)
    return tuple(words.ENDS[name] for name in seen), tuple(rates)


def _remark(share: float | None, ran: int, r: float | None) -> Word | None:
    if share is None or ran < 2:
        return None
    if share == 0:
        return Word("!", "nobody passed", words.BAD)
    if r is not None and r < 0:
        return Word("?", "the better fail it", words.BAD)
    if share < _HARD:
        return Word("!", "hard", words.WAIT)
    if share >= _EASY and ran >= _LEAST:
        return Word("=", "all but all pass", words.PLAIN)
    return None


def _discriminations(rows: Sequence[Row]) -> dict[str, float]:
    """Correlate each check with the rest; rows with the same marks, which share them, are looked at once."""
    alike = Counter((id(row.heads), id(row.marks)) for row in rows if row.score is not None)
    shared = {(id(row.heads), id(row.marks)): row for row in rows if row.score is not None}
    pairs: dict[str, list[tuple[int, float, float]]] = {}
    for key, many in alike.items():
        row = shared[key]
        total = sum(mark.points or 0.0 for mark in row.marks)
        for head, mark in zip(row.heads, row.marks, strict=True):
            if mark.outcome in words.RAN:
                passed = 1.0 if mark.outcome == "passed" else 0.0
                pairs.setdefault(head.id, []).append((many, passed, total - (mark.points or 0.0)))
    return {check: r for check, some in pairs.items() if (r := _correlation(some)) is not None}


def _correlation(weighted: Sequence[tuple[int, float, float]]) -> float | None:
    """Give Pearson's r of pairs that stand there so many times; None where one of the two never changes."""
    many = sum(weight for weight, _, _ in weighted)
    if many < _LEAST:
        return None
    x_mean, y_mean = (sum(pair[0] * pair[at] for pair in weighted) / many for at in (1, 2))
    both = sum(weight * (x - x_mean) * (y - y_mean) for weight, x, y in weighted)
    xs, ys = (sum(pair[0] * (pair[at] - mean) ** 2 for pair in weighted) for at, mean in ((1, x_mean), (2, y_mean)))
    if xs <= 1e-12 or ys <= 1e-12:
        return None
    return both / math.sqrt(xs * ys)


def _seconds(rows: Sequence[Row]) -> dict[str, float]:
    """Give the median time of each check, over the submissions that ran it."""
    taken: dict[str, list[float]] = {}
    lists: dict[int, tuple[tuple[Head, ...], list[list[float]]]] = {}
    for row in rows:
        _, mine = lists.setdefault(id(row.heads), (row.heads, [[] for _ in row.heads]))
        for place, mark, spent in zip(mine, row.marks, row.seconds, strict=False):
            if mark.outcome in words.RAN:
                place.append(spent)
    for heads, mine in lists.values():
        for head, some in zip(heads, mine, strict=True):
            taken.setdefault(head.id, []).extend(some)
    return {check: _median(some) for check, some in taken.items() if some}


def _median(numbers: Sequence[float]) -> float:
    """Give what `statistics.median` gives; that loads decimal and fractions."""
    ordered, half = sorted(numbers), len(numbers) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
