"""What the two pages of the review show, as data."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from grader.errors import UsageError
from grader.gradebook.book import Standing
from grader.gradebook.reviews import Entry
from grader.report.shown import word_of
from grader.report.text import block, count, line, number, points
from grader.report.words import Word
from grader.results import CheckResult
from grader.review.desk import Desk, Item, Work
from grader.review.form import Form
from grader.review.part import Part, part_of

_READER = "Comment for the student"
_NO_READER = "Comment for staff: students are not shown this check"


@dataclass(frozen=True)
class Link:
    """A place to go to, and what stands there."""

    href: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class OverviewView:
    """What waits, and where everybody's checks are."""

    assignment: str
    progress: str
    done: int
    total: int
    waiting: tuple[Link, ...]
    more: int
    students: tuple[Link, ...]


@dataclass(frozen=True)
class Decided:
    """One earlier decision."""

    by: str
    at: str
    points: str
    comment: str
    withdrawn: bool


@dataclass(frozen=True)
class Ways:
    """Where it goes from here: the other checks that wait, as addresses, and how many they are."""

    progress: str
    previous: str
    following: str


@dataclass(frozen=True)
class ItemView:
    """One check of one work, and the form."""

    assignment: str
    student: str
    student_id: str
    check: str
    files: str
    """The hash of what was handed in: a decision on these files is none on others."""
    title: str
    covers: tuple[str, ...]
    most: str
    word: Word
    said: str
    machine: str
    part: Part
    report: str
    action: str
    overview: str
    ways: Ways
    checks: tuple[Link, ...]
    form: Form
    points: str
    comment: str
    comment_for: str
    upon: int
    history: tuple[Decided, ...]
    conflict: Decided | None


def overview_view(desk: Desk, base: str) -> OverviewView:
    """List what waits, the first two hundred of it, and everybody."""
    works = desk.works()
    waiting = desk.waiting(works)
    done = desk.decided()
    scores = desk.marks()
    return OverviewView(
        assignment=line(desk.title),
        progress=f"{done} of {count(done + len(waiting), 'decision')} made",
        done=done,
        total=max(1, done + len(waiting)),
        waiting=tuple(
            Link(address_of(base, item), line(works[item.student_id].student), item.check) for item in waiting[:200]
        ),
        more=max(0, len(waiting) - 200),
        students=tuple(
            Link(address_of(base, Item(key, "")), line(one.student), _score(scores[key])) for key, one in works.items()
        ),
    )  # fmt: skip


def item_view(desk: Desk, base: str, asked: Item, form: Form) -> ItemView:
    """Show a check; raises `UsageError` where there is none such."""
    work = desk.work(asked.student_id)
    if not asked.check and work.fact.result.checks:
        asked = Item(asked.student_id, work.fact.result.checks[0].id)
    check, before = work.check(asked.check), work.before(asked.check)
    if check is None or before is None:
        raise UsageError(f"there is no check {line(asked.check)} here.")
    history = [one for one in desk.history(asked.student_id, asked.check) if one.sha256 == work.standing.sha256]
    last = history[-1] if history else None
    given = "" if check.points is None else number(check.points)
    return ItemView(
        assignment=line(desk.title),
        student=line(work.standing.student),
        student_id=asked.student_id,
        check=asked.check,
        files=work.standing.sha256,
        title=line(check.title) or line(check.id),
        covers=tuple(line(name) for name in check.covers),
        most=number(check.max_points),
        word=word_of(check),
        said="" if last and last.points is not None else block(before.message),
        machine=_machine(before) if last else "",
        part=part_of(work.fact.evidence.source, check.covers),
        report=f"{base}/submissions/{quote(asked.student_id, safe='')}/report.html",
        action=f"{base}/item",
        overview=f"{base}/",
        ways=_ways(base, desk, asked),
        checks=_checks(base, work),
        form=form,
        points=form.typed if form.typed is not None else given if last else "",
        comment=form.comment if form.comment is not None else last.comment if last and last.points is not None else "",
        comment_for=_READER if check.visibility == "visible" else _NO_READER,
        upon=form.upon if form.typed is not None or last is None else last.number,
        history=tuple(_decided(one) for one in history),
        conflict=None if form.other is None else _decided(form.other),
    )


def _ways(base: str, desk: Desk, asked: Item) -> Ways:
    """Lead to the one that waits before this one, and to the next; after the last comes the first."""
    waiting = desk.waiting()
    if asked not in waiting:
        following = desk.following(asked)
        return Ways(f"{len(waiting)} wait", "", address_of(base, following) if following else "")
    at = waiting.index(asked)
    return Ways(
        progress=f"{at + 1} of {len(waiting)} that wait",
        previous=address_of(base, waiting[at - 1]) if at else "",
        following=address_of(base, waiting[(at + 1) % len(waiting)]) if len(waiting) > 1 else "",
    )


def _decided(one: Entry) -> Decided:
    return Decided(line(one.by), one.at, _given(one.points), block(one.comment), one.points is None)


def _checks(base: str, work: Work) -> tuple[Link, ...]:
    student = work.standing.student_id
    return tuple(
        Link(address_of(base, Item(student, check.id)), line(check.title) or line(check.id), word_of(check).word)
        for check in work.shown.result.checks
    )


def _machine(before: CheckResult) -> str:
    given = "" if before.points is None else f", {number(before.points)} of {number(before.max_points)}"
    return f"The program said: {word_of(before).word}{given}."


def _given(value: float | None) -> str:
    return "taken back" if value is None else points(value)


def _score(one: Standing) -> str:
    return "no score" if one.score is None else f"{number(one.score)} of {number(one.max_score)}"


def address_of(base: str, item: Item) -> str:
    """Name the page of an item."""
    return f"{base}/item?{urlencode({'student': item.student_id, 'check': item.check}, quote_via=quote)}"
