"""What a student is shown of a result.

The feedback is made from the checks that may be shown and from totals alone: of every
other check only `max_points` is written, so nothing else of it can reach the page.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from grader.pictures import Feedback
from grader.report import words
from grader.report.code import Excerpt
from grader.report.marking import places_of
from grader.report.shown import (
    check_of,
    code_of,
    excerpt_at,
    pending_of,
    pictures_of,
    score_of,
    versions_of,
)
from grader.report.text import BLOCK_CAP, block, count, line, points, quoted_list
from grader.report.viewdata import (
    CheckView,
    FeedbackView,
    Group,
    Notice,
)
from grader.results import CheckResult, Evidence, Result, Visibility, is_unwalled

_NOTHING, _CLOSED = Evidence(), Feedback()
VISIBLE_ONLY: frozenset[Visibility] = frozenset({"visible"})


def feedback_view(
    result: Result,
    evidence: Evidence = _NOTHING,
    feedback: Feedback = _CLOSED,
    policy: frozenset[Visibility] = VISIBLE_ONLY,
) -> FeedbackView:
    """Show a student the checks whose visibility is in `policy`; of all others their number and worth."""
    shown = [check for check in result.checks if check.visibility in policy]
    others = [check for check in result.checks if check.visibility not in policy]
    places = places_of(shown, evidence)
    pictures = pictures_of(shown, evidence, feedback, reference=feedback.reference)
    checks = [
        dataclasses.replace(
            _student_check(at, check, others),
            excerpt=excerpt_at(check.id, places, evidence),
            pictures=pictures.get(check.id, ()),
        )
        for at, check in enumerate(shown, start=1)
    ]
    return FeedbackView(
        assignment=line(result.assignment),
        student=line(result.submission.student) or "(no name)",
        score=score_of(result),
        pending=pending_of(shown),
        notice=_notice(result, shown, checks, excerpt_at("", places, evidence)),
        note=block(result.message) if result.status == "graded" and result.score is not None else "",
        groups=_groups(shown, checks),
        not_shown=_not_shown(others),
        code=code_of(evidence, shown, checks, places),
        files=quoted_list(result.submission.files),
        versions=versions_of(result),
        unwalled=words.UNWALLED_FOR_STUDENTS if is_unwalled(result) else "",
    )


def _not_shown(others: Sequence[CheckResult]) -> str:
    if not others:
        return ""
    are = "is" if len(others) == 1 else "are"
    worth = points(sum(check.max_points for check in others))
    return f"{count(len(others), 'more check')}, worth {worth}, {are} not shown here."


def _student_check(at: int, check: CheckResult, others: Sequence[CheckResult]) -> CheckView:
    if check.outcome == "internal_error":
        # The message is about our fault and may quote what students must not see.
        return check_of(at, check, words.CHECK_NOT_GRADED, "")
    if check.outcome == "manual":
        waits = words.CHECK_MANUAL if check.points is None else ""
        return check_of(at, check, check.message or waits, check.hint or "")
    if check.outcome == "skipped":
        if _mentions(f"{check.message}\n{check.hint or ''}", others):
            return check_of(at, check, words.WAITS_UNSHOWN, "")
        return check_of(at, check, check.message or words.WAITS, check.hint or "")
    return check_of(at, check, check.message, check.hint or "")


def _mentions(text: str, others: Sequence[CheckResult]) -> bool:
    """Tell whether a text of ours names a check that is not shown.

    Only asked of texts no student has a hand in: else printing a guess would tell whether it is right.
    """
    names = [re.escape(line(name, BLOCK_CAP)) for check in others for name in (check.id, check.title) if name]
    said = line(text, 2 * BLOCK_CAP)
    return bool(names) and re.search(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", said) is not None


def _groups(shown: Sequence[CheckResult], checks: Sequence[CheckView]) -> tuple[Group, ...]:
    groups: dict[tuple[str, ...], list[CheckView]] = {}
    for check, view in zip(shown, checks, strict=True):
        groups.setdefault(check.covers, []).append(view)
    return tuple(_group(at, covers, views) for at, (covers, views) in enumerate(groups.items(), start=1))


def _group(at: int, covers: tuple[str, ...], views: Sequence[CheckView]) -> Group:
    moods = {view.head.word.mood for view in views}
    worst = next((mood for mood in (words.OURS, words.BAD, words.WAIT) if mood in moods), words.GOOD)
    return Group(
        names=tuple(line(name) for name in covers),
        anchor=f"part-{at}",
        checks=tuple(views),
        passed=sum(view.head.word.mood == words.GOOD for view in views),
        word=next((view.head.word for view in views if view.head.word.mood == worst), words.OUTCOMES["passed"]),
    )


def _notice(
    result: Result, shown: Sequence[CheckResult], checks: Sequence[CheckView], at_import: Excerpt | None
) -> Notice:
    if result.status == "not_graded" or result.score is None:
        return Notice(words.OURS, "Not graded", words.SENTENCES["not_graded"])
    if result.status != "graded":
        message = block(result.message)
        sentence = words.SENTENCES[result.status]
        code = result.status != "rejected"
        return Notice(words.BAD, "Mend this first", sentence, message=message, code=code, excerpt=at_import)
    lost = [view for check, view in zip(shown, checks, strict=True) if check.outcome in words.LOST]
    if lost:
        # A mistake that was recognised says more than the check that happens to come first.
        first = next((view for view in lost if view.mistake), lost[0])
        return Notice(
            words.BAD,
            "Mend this first",
            first.mistake or first.head.title,
            title=first.head.title if first.mistake else "",
            message=first.message,
            code=first.code,
            hint=first.hint,
            anchor=first.head.anchor,
        )
    return _nothing_to_mend(result, shown, checks)


def _nothing_to_mend(result: Result, shown: Sequence[CheckResult], checks: Sequence[CheckView]) -> Notice:
    if result.score is not None and result.score >= result.max_score:
        if pending_of(shown):
            return Notice(words.WAIT, "Nothing to mend so far", words.FULL_SO_FAR)
        return Notice(words.GOOD, "Nothing to mend", words.FULL_SCORE)
    if not shown:
        return Notice(words.WAIT, "Score only", words.NONE_SHOWN)
    for check, view in zip(shown, checks, strict=True):
        if check.outcome == "manual" and check.points is not None and check.points < check.max_points:
            return Notice(words.WAIT, "Read this first", words.LESS_BY_A_PERSON, anchor=view.head.anchor)
    if any(check.outcome == "skipped" for check in shown):
        return Notice(words.WAIT, "Nothing to mend here", words.SOME_WAIT)
    return Notice(words.WAIT, "Nothing to mend here", words.REST_UNSHOWN)
