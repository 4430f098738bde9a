"""What staff are shown of a result: everything."""

from __future__ import annotations

import dataclasses
import shlex
from collections import Counter
from collections.abc import Sequence

from grader.pictures import Feedback
from grader.report import words
from grader.report.code import Excerpt
from grader.report.drawing import Drawing
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
from grader.report.text import BLOCK_CAP, OUTPUT_CAP, block, line, number, quoted_list
from grader.report.viewdata import (
    Fact,
    ReportView,
    StaffCheckView,
)
from grader.results import CheckResult, Evidence, Result, Reviewed, is_unwalled

_CLOSED = Feedback()


def report_view(result: Result, evidence: Evidence, feedback: Feedback = _CLOSED) -> ReportView:
    """Show staff everything: every check, what was printed, where and how it ran, how to run it again."""
    ids = {check.id for check in result.checks}
    places = places_of(result.checks, evidence)
    pictures = pictures_of(result.checks, evidence, feedback, reference=True)
    checks = tuple(
        _staff_check(at, check, result, evidence, excerpt_at(check.id, places, evidence), pictures.get(check.id, ()))
        for at, check in enumerate(result.checks, start=1)
    )
    return ReportView(
        assignment=line(result.assignment),
        student=line(result.submission.student) or "(no name)",
        score=score_of(result),
        pending=pending_of(result.checks),
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
        code=code_of(evidence, result.checks, [check.shown for check in checks], places),
        output=block(evidence.output, OUTPUT_CAP),
        output_cut="The output was longer; this is its beginning."
        if evidence.output_cut or len(evidence.output) > OUTPUT_CAP
        else "",
        facts=_facts(result),
        replay=f"{_command(result)} -o DIR",
    )


def _status_mood(result: Result) -> str:
    if result.score is None:
        return words.OURS
    # That the checks ran says nothing good of the submission yet.
    return words.PLAIN if result.status == "graded" else words.STATUSES[result.status].mood


def _summary(checks: Sequence[CheckResult]) -> tuple[str, ...]:
    many = Counter(words.end_of(check.outcome, check.points) for check in checks)
    return tuple(f"{word.sign} {many[end]} {word.word}" for end, word in words.ENDS.items() if many[end])


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
            check_of(at, check, check.message, check.hint or ""),
            excerpt=excerpt,
            pictures=pictures,
            decided=_decided(evidence.reviews.get(check.id)),
        ),
        visibility=words.VISIBILITIES[check.visibility],
        covers=tuple(line(name) for name in check.covers),
        seconds=f"{check.seconds:.3f} s",
        mistake=line(check.mistake or ""),
        detail=block(evidence.details.get(check.id, ""), 8 * BLOCK_CAP),
        again=again,
    )


def _decided(review: Reviewed | None) -> str:
    if review is None:
        return ""
    before = words.OUTCOMES[review.outcome].word
    given = "" if review.points is None else f", {number(review.points)}"
    return line(f"Decided by {review.by} at {review.at}; before: {before}{given}.")


def _facts(result: Result) -> tuple[Fact, ...]:
    return (
        Fact("Submission", (line(result.submission.id),), code=True),
        Fact("Files", quoted_list(result.submission.files) or ("none",), code=True),
        Fact("SHA-256 of the files", (line(result.submission.sha256),), code=True),
        Fact("SHA-256 of the checks", (line(result.checks_sha256),), code=True),
        Fact("Seed", (str(result.seed),), code=True),
        Fact("Time", (f"{result.seconds.wall:.2f} s by the clock, {result.seconds.cpu:.2f} s of processor",)),
        Fact("Sandbox", ("off",) if is_unwalled(result) else quoted_list(result.sandbox)),
        Fact("Environment", (versions_of(result),)),
    )


def _command(result: Result) -> str:
    # A name that a shell would read as an option or as more than one word must stay one argument.
    only = shlex.quote(f"--only={line(result.submission.id)}")
    return f"grade run {shlex.quote(line(result.assignment))} SUBMISSIONS {only} --seed {result.seed}"
