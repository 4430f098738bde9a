"""Turn one result into what its two pages show: all arithmetic and all wording happen here or below.

The feedback is made from the checks that may be shown and from totals alone: of every
other check only `max_points` is written, so nothing else of it can reach the page.
"""

from __future__ import annotations

import dataclasses
import re
import shlex
from collections.abc import Sequence

from grader.pictures import Feedback
from grader.report import words
from grader.report.code import CodeView, Excerpt
from grader.report.drawing import Drawing, drawings_of
from grader.report.listing import code_view, excerpt_of
from grader.report.marking import mistake_name, notes_of, places_of
from grader.report.text import BLOCK_CAP, OUTPUT_CAP, block, count, line, number, points, quoted_list
from grader.report.viewdata import (
    CheckView,
    Fact,
    FeedbackView,
    Group,
    Head,
    Notice,
    ReportView,
    ScoreView,
    StaffCheckView,
)
from grader.results import CheckResult, Evidence, Place, Result, Visibility, is_unwalled

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
    pictures = _pictures(shown, evidence, feedback, reference=feedback.reference)
    checks = [
        dataclasses.replace(
            _student_check(at, check, others),
            excerpt=_excerpt(check.id, places, evidence),
            pictures=pictures.get(check.id, ()),
        )
        for at, check in enumerate(shown, start=1)
    ]
    return FeedbackView(
        assignment=line(result.assignment),
        student=line(result.submission.student) or "(no name)",
        score=_score(result),
        pending=_pending(shown),
        notice=_notice(result, shown, checks, _excerpt("", places, evidence)),
        note=block(result.message) if result.status == "graded" and result.score is not None else "",
        groups=_groups(shown, checks),
        not_shown=_not_shown(others),
        code=_code(evidence, shown, checks, places),
        files=quoted_list(result.submission.files),
        versions=_versions(result),
        unwalled=words.UNWALLED_FOR_STUDENTS if is_unwalled(result) else "",
    )


def report_view(result: Result, evidence: Evidence, feedback: Feedback = _CLOSED) -> ReportView:
    """Show staff everything: every check, what was printed, where and how it ran, how to run it again."""
    ids = {check.id for check in result.checks}
    places = places_of(result.checks, evidence)
    pictures = _pictures(result.checks, evidence, feedback, reference=True)
    checks = tuple(
        _staff_check(at, check, result, evidence, _excerpt(check.id, places, evidence), pictures.get(check.id, ()))
        for at, check in enumerate(result.checks, start=1)
    )
    return ReportView(
        assignment=line(result.assignment),
        student=line(result.submission.student) or "(no name)",
        score=_score(result),
        pending=_pending(result.checks),
        status=words.STATUSES[result.status],
        status_mood=_status_mood(result),
        unwalled=words.UNWALLED if is_unwalled(result) else "",
        sentence="" if result.status == "not_graded" else words.SENTENCES[result.status],
        message=block(result.message),
        summary=_summary(result.checks),
        checks=checks,
        loose_details=tuple(
            Fact(line(key) or "(no name)", (block(text, OUTPUT_CAP),), code=True)
            for key, text in evidence.details.items()
            if key not in ids
        ),
        code=_code(evidence, result.checks, [check.shown for check in checks], places),
        output=block(evidence.output, OUTPUT_CAP),
        output_cut="The output was longer; this is its beginning."
        if evidence.output_cut or len(evidence.output) > OUTPUT_CAP
        else "",
        facts=_facts(result),
        replay=f"{_command(result)} -o DIR",
    )


def _score(result: Result) -> ScoreView:
    total = points(result.max_score)
    if result.score is None or result.status == "not_graded":
        return ScoreView(False, "not graded", total, f"Not graded; {total} to be had", 0)
    share = result.score / result.max_score if result.max_score > 0 else 0.0
    got = number(result.score)
    return ScoreView(True, got, total, f"{got} of {total}", max(0, min(1000, int(1000 * share))))


def _status_mood(result: Result) -> str:
    if result.score is None:
        return words.OURS
    # That the checks ran says nothing good of the submission yet.
    return words.PLAIN if result.status == "graded" else words.STATUSES[result.status].mood


def _pending(checks: Sequence[CheckResult]) -> str:
    waiting = [check.max_points for check in checks if check.outcome == "manual"]
    return f"Up to {points(sum(waiting))} more when a person has graded the rest." if waiting else ""


def _not_shown(others: Sequence[CheckResult]) -> str:
    if not others:
        return ""
    are = "is" if len(others) == 1 else "are"
    worth = points(sum(check.max_points for check in others))
    return f"{count(len(others), 'more check')}, worth {worth}, {are} not shown here."


def _given(check: CheckResult) -> str:
    worth = points(check.max_points)
    return f"worth {worth}" if check.points is None else f"{number(check.points)} of {worth}"


def _check(at: int, check: CheckResult, message: str, hint: str) -> CheckView:
    return CheckView(
        head=Head(
            anchor=f"check-{at}",
            id=line(check.id),
            word=words.OUTCOMES[check.outcome],
            title=line(check.title) or line(check.id),
            points=_given(check),
        ),
        mistake=mistake_name(check.mistake) if check.outcome in words.LOST else "",
        message=block(message),
        code=check.outcome == "raised" or "\n" in message.strip("\n"),
        hint=block(hint),
    )


def _student_check(at: int, check: CheckResult, others: Sequence[CheckResult]) -> CheckView:
    if check.outcome == "internal_error":
        # The message is about our fault and may quote what students must not see.
        return _check(at, check, words.CHECK_NOT_GRADED, "")
    if check.outcome == "manual":
        return _check(at, check, check.message or words.CHECK_MANUAL, check.hint or "")
    if check.outcome == "skipped":
        if _mentions(f"{check.message}\n{check.hint or ''}", others):
            return _check(at, check, words.WAITS_UNSHOWN, "")
        return _check(at, check, check.message or words.WAITS, check.hint or "")
    return _check(at, check, check.message, check.hint or "")


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
    return _nothing_to_mend(result, shown)


def _nothing_to_mend(result: Result, shown: Sequence[CheckResult]) -> Notice:
    if result.score is not None and result.score >= result.max_score:
        return Notice(words.GOOD, "Nothing to mend", words.FULL_SCORE)
    if not shown:
        return Notice(words.WAIT, "Score only", words.NONE_SHOWN)
    if any(check.outcome == "skipped" for check in shown):
        return Notice(words.WAIT, "Nothing to mend here", words.SOME_WAIT)
    return Notice(words.WAIT, "Nothing to mend here", words.REST_UNSHOWN)


def _summary(checks: Sequence[CheckResult]) -> tuple[str, ...]:
    many = [(word, sum(check.outcome == name for check in checks)) for name, word in words.OUTCOMES.items()]
    return tuple(f"{word.sign} {number_of} {word.word}" for word, number_of in many if number_of)


def _staff_check(
    at: int,
    check: CheckResult,
    result: Result,
    evidence: Evidence,
    excerpt: Excerpt | None,
    pictures: tuple[Drawing, ...],
) -> StaffCheckView:
    again = "" if check.outcome in ("passed", "manual") else f"{_command(result)} --check={shlex.quote(line(check.id))}"
    return StaffCheckView(
        shown=dataclasses.replace(
            _check(at, check, check.message, check.hint or ""), excerpt=excerpt, pictures=pictures
        ),
        visibility=words.VISIBILITIES[check.visibility],
        covers=tuple(line(name) for name in check.covers),
        seconds=f"{check.seconds:.3f} s",
        mistake=line(check.mistake or ""),
        detail=block(evidence.details.get(check.id, ""), 8 * BLOCK_CAP),
        again=again,
    )


def _pictures(
    checks: Sequence[CheckResult], evidence: Evidence, feedback: Feedback, *, reference: bool
) -> dict[str, tuple[Drawing, ...]]:
    pictures = evidence.pictures if feedback.pictures else ()
    return drawings_of(pictures, [check.id for check in checks], reference=reference)


def _excerpt(check: str, places: dict[str, Place], evidence: Evidence) -> Excerpt | None:
    """Show the lines round one that raised; where a name is defined is told by the file itself, below."""
    raised = check in places and bool(evidence.places.get(check))
    return excerpt_of(evidence.source, places[check]) if raised else None


def _code(
    evidence: Evidence, shown: Sequence[CheckResult], checks: Sequence[CheckView], places: dict[str, Place]
) -> CodeView | None:
    return code_view(evidence.source, notes_of(shown, [view.head.anchor for view in checks], places))


def _versions(result: Result) -> str:
    about = result.environment
    return line(f"Python {about.python}, torch {about.torch}, grade {about.grader}")


def _facts(result: Result) -> tuple[Fact, ...]:
    return (
        Fact("Submission", (line(result.submission.id),), code=True),
        Fact("Files", quoted_list(result.submission.files) or ("none",), code=True),
        Fact("SHA-256 of the files", (line(result.submission.sha256),), code=True),
        Fact("SHA-256 of the checks", (line(result.checks_sha256),), code=True),
        Fact("Seed", (str(result.seed),), code=True),
        Fact("Time", (f"{result.seconds.wall:.2f} s by the clock, {result.seconds.cpu:.2f} s of processor",)),
        Fact("Sandbox", ("off",) if is_unwalled(result) else quoted_list(result.sandbox)),
        Fact("Environment", (_versions(result),)),
    )


def _command(result: Result) -> str:
    # A name that a shell would read as an option or as more than one word must stay one argument.
    only = shlex.quote(f"--only={line(result.submission.id)}")
    return f"grade run {shlex.quote(line(result.assignment))} SUBMISSIONS {only} --seed {result.seed}"
