"""Turn the rows of a class into what its index shows: counts, distribution, pass rates, a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from grader.report import words
from grader.report.filters import Filter, Filters, waits
from grader.report.findings import Finding, findings_of, remarks_of
from grader.report.items import CheckRate, items_of
from grader.report.marking import mistake_name
from grader.report.mistaken import MistakeView, mistakes_of, named_in
from grader.report.row import Row
from grader.report.text import count, line, number, some_of
from grader.report.words import Word

BINS = 10
_MOST_EYES = 50
"""Submissions that are listed one by one; the filter shows the others."""

# The drawing's own units; the page scales it.
BAR_WIDTH, BAR_GAP, BAR_HEIGHT, HEADROOM = 60, 12, 160, 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the distribution, in the units of the drawing."""

    x: int
    y: int
    height: int
    middle: int
    above: int
    count: str
    label: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One submission in the table; the keys are what a column is sorted by."""

    student: str
    folder: str
    status: Word
    score: str
    score_key: str
    mark: str
    mark_key: str
    why: str
    failed: str
    failed_key: str
    mistakes: str
    tokens: str
    """What the filters find it by."""
    remarks: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class ClassView:
    """All that the index shows."""

    title: str
    total: str
    unwalled: str
    figures: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[Word, int], ...]
    bars: tuple[Bar, ...]
    bars_text: str
    outcomes: tuple[Word, ...]
    checks: tuple[CheckRate, ...]
    findings: tuple[Finding, ...]
    attention: tuple[RowView, ...]
    unseen: int
    import_errors: Finding | None
    waiting: Finding | None
    hard: tuple[CheckRate, ...]
    mistakes: tuple[MistakeView, ...]
    filters: tuple[Filter, ...]
    marked: bool
    remarked: bool
    rows: tuple[RowView, ...]


def class_view(rows: Sequence[Row], assignment_title: str, *, marked: bool = False) -> ClassView:
    """Show a class: a row whose score is None is counted as not graded and in no average.

    Marks are shown where the course has a policy (`marked`), and where one differs from its score.
    """
    bars = _bars(rows)
    outcomes, checks = items_of(rows)
    mistakes = mistakes_of(rows)
    filters = Filters(rows, mistakes, checks)
    views = tuple(_row(row, filters) for row in rows)
    eyes = [view for row, view in zip(rows, views, strict=True) if _needs_eyes(row)]
    many = Counter(view.status for view in views)
    return ClassView(
        title=line(assignment_title) or "(no title)",
        total=count(len(rows), "submission"),
        unwalled=_unwalled(rows),
        figures=_figures(rows),
        statuses=tuple((word, many[word]) for word in words.STATUSES.values() if many[word]),
        bars=bars,
        bars_text="; ".join(f"{bar.label} %: {bar.count}" for bar in bars),
        outcomes=outcomes,
        checks=checks,
        findings=tuple(findings_of(rows)),
        attention=tuple(sorted(eyes, key=lambda view: view.status.mood != words.OURS)[:_MOST_EYES]),
        unseen=max(0, len(eyes) - _MOST_EYES),
        import_errors=_import_errors(rows),
        waiting=_waiting(rows),
        hard=tuple(
            check for check in checks if check.remark is not None and check.remark.mood in (words.BAD, words.WAIT)
        ),
        mistakes=mistakes,
        filters=filters.groups,
        marked=marked or any(row.points != row.score for row in rows),
        remarked=any(view.remarks for view in views),
        rows=views,
    )


def _unwalled(rows: Sequence[Row]) -> str:
    many = sum(row.unwalled for row in rows)
    return f"{'All' if many == len(rows) else f'{many} of {len(rows)}'} {words.UNWALLED_CLASS}" if many else ""


def _figures(rows: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    scores = [row.score for row in rows if row.score is not None]
    graded = ("have a score", f"{len(scores)} of {len(rows)}")
    if not scores:
        return (graded,)
    # Here and not above: it loads decimal and fractions, which grading one submission never needs.
    import statistics

    full = sum(row.score is not None and row.score >= row.max_score for row in rows)
    return (
        graded,
        ("mean", f"{statistics.fmean(scores):.2f}"),
        ("median", f"{statistics.median(scores):.2f}"),
        ("lowest", number(min(scores))),
        ("highest", number(max(scores))),
        ("out of", " or ".join(number(most) for most in sorted({row.max_score for row in rows}))),
        ("full score", str(full)),
    )


def _bars(rows: Sequence[Row]) -> tuple[Bar, ...]:
    bins = [0] * BINS
    for row in rows:
        if row.score is not None:
            share = row.score / row.max_score if row.max_score > 0 else 0.0
            bins[max(0, min(BINS - 1, int(share * BINS + 1e-9)))] += 1
    most = max(bins)
    if not most:
        return ()
    step = 100 // BINS
    return tuple(_bar(at, many, most, f"{at * step}\u2013{(at + 1) * step}") for at, many in enumerate(bins))


def _bar(at: int, many: int, most: int, label: str) -> Bar:
    height = max(2, BAR_HEIGHT * many // most) if many else 0
    x = at * (BAR_WIDTH + BAR_GAP)
    top = HEADROOM + BAR_HEIGHT - height
    return Bar(x, top, height, x + BAR_WIDTH // 2, top - 6, str(many), label)


def _row(row: Row, filters: Filters) -> RowView:
    # A score of None wins over the status: nothing without a score may pass for graded.
    lost = [h.id for h, mark in zip(row.heads, row.marks, strict=True) if mark.outcome in words.LOST]
    ran = any(mark.outcome in words.RAN for mark in row.marks)
    return RowView(
        student=line(row.student) or line(row.id),
        folder=f"submissions/{quote(row.id, safe='')}",
        status=words.STATUSES["not_graded" if row.score is None else row.status],
        score=f"{number(row.score)} / {number(row.max_score)}" if row.score is not None else "not graded",
        score_key=number(row.score) if row.score is not None else "",
        mark=number(row.points) if row.points is not None else "not known",
        mark_key=number(row.points) if row.points is not None else "",
        why=line(row.record.why) if row.record else "",
        failed=_failed(row, lost) if ran else "none was run",
        failed_key=str(len(lost)) if ran else "",
        mistakes=", ".join(mistake_name(slug) for slug in named_in(row)),
        tokens=filters.tokens_of(row),
        remarks=remarks_of(row),
        message=line(row.message),
    )


def _failed(row: Row, lost: Sequence[str]) -> str:
    """Name the failed checks, unless it was all of them."""
    if not lost:
        return "none"
    if len(lost) > 1 and len(lost) == len([mark for mark in row.marks if mark.outcome != "manual"]):
        return f"all {len(lost)}"
    return line(f"{len(lost)}: " + ", ".join(check.removeprefix("check_") for check in lost), 2000)


def _needs_eyes(row: Row) -> bool:
    # A file that does not import tells its student why; the other ends may be a limit, or a fault, of ours.
    return row.score is None or row.status not in ("graded", "import_error")


def _waiting(rows: Sequence[Row]) -> Finding | None:
    """Say how many checks wait for a person, and whose."""
    waiting = [row for row in rows if waits(row)]
    many = sum(mark.outcome == "manual" and mark.points is None for row in waiting for mark in row.marks)
    if not many:
        return None
    wait = "waits" if many == 1 else "wait"
    return Finding(f"{count(many, 'check')} {wait} for a person", some_of([row.student or row.id for row in waiting]))


def _import_errors(rows: Sequence[Row]) -> Finding | None:
    """Say who failed to import: no fault of ours, but a score of 0 that staff may want to talk about."""
    failed = [row.student or row.id for row in rows if row.status == "import_error" and row.score is not None]
    return Finding(f"{len(failed)} could not be imported", some_of(failed, 10)) if failed else None
