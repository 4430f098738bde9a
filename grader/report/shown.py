"""What both pages of a submission show alike: score, checks, pictures, code; all wording happens here or below."""

from __future__ import annotations

from collections.abc import Sequence

from grader.pictures import Feedback
from grader.report import words
from grader.report.code import CodeView, Excerpt
from grader.report.drawing import Drawing, drawings_of
from grader.report.listing import code_view, excerpt_of
from grader.report.marking import mistake_name, notes_of
from grader.report.text import block, line, number, points
from grader.report.viewdata import (
    CheckView,
    Head,
    ScoreView,
)
from grader.report.words import Word
from grader.results import CheckResult, Evidence, Place, Result


def score_of(result: Result) -> ScoreView:
    """Word a score."""
    total = points(result.max_score)
    if result.score is None or result.status == "not_graded":
        return ScoreView(False, "not graded", total, f"Not graded; {total} to be had", 0)
    share = result.score / result.max_score if result.max_score > 0 else 0.0
    got = number(result.score)
    return ScoreView(True, got, total, f"{got} of {total}", max(0, min(1000, int(1000 * share))))


def pending_of(checks: Sequence[CheckResult]) -> str:
    """Say how much a person may add."""
    waiting = [check.max_points for check in checks if check.outcome == "manual" and check.points is None]
    return f"Up to {points(sum(waiting))} more when a person has graded the rest." if waiting else ""


def word_of(check: CheckResult) -> Word:
    """Name the outcome of a check; what a person has decided, by that."""
    if check.outcome != "manual" or check.points is None:
        return words.OUTCOMES[check.outcome]
    every, some, none = words.BY_A_PERSON
    return every if check.points >= check.max_points else some if check.points > 0 else none


def given_of(check: CheckResult) -> str:
    """Say how many points of how many a check gave."""
    worth = points(check.max_points)
    return f"worth {worth}" if check.points is None else f"{number(check.points)} of {worth}"


def check_of(at: int, check: CheckResult, message: str, hint: str) -> CheckView:
    """Show a check with these words."""
    return CheckView(
        head=Head(
            anchor=f"check-{at}",
            id=line(check.id),
            word=word_of(check),
            title=line(check.title) or line(check.id),
            points=given_of(check),
        ),
        mistake=mistake_name(check.mistake) if check.outcome in words.LOST else "",
        message=block(message),
        code=check.outcome == "raised" or (check.outcome != "manual" and "\n" in message.strip("\n")),
        hint=block(hint),
    )


def pictures_of(
    checks: Sequence[CheckResult], evidence: Evidence, feedback: Feedback, *, reference: bool
) -> dict[str, tuple[Drawing, ...]]:
    """Draw the pictures of these checks, by id."""
    pictures = evidence.pictures if feedback.pictures else ()
    return drawings_of(pictures, [check.id for check in checks], reference=reference)


def excerpt_at(check: str, places: dict[str, Place], evidence: Evidence) -> Excerpt | None:
    """Show the lines round one that raised; where a name is defined is told by the file itself, below."""
    raised = check in places and bool(evidence.places.get(check))
    return excerpt_of(evidence.source, places[check]) if raised else None


def code_of(
    evidence: Evidence, shown: Sequence[CheckResult], checks: Sequence[CheckView], places: dict[str, Place]
) -> CodeView | None:
    """Show the graded file, with notes on the lines that these checks are about."""
    return code_view(evidence.source, notes_of(shown, [view.head.anchor for view in checks], places))


def versions_of(result: Result) -> str:
    """Name the versions that a result depends on."""
    about = result.environment
    return line(f"Python {about.python}, torch {about.torch}, grade {about.grader}")
