"""A result as a platform's students may see it: the words of our own feedback page, as plain text.

What is hidden is treated as there: of a check that is not shown only its worth is told. A platform that can itself
hide a check until a date gets those as well, each with its visibility, and none of the words of one is in another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.platforms import safe
from grader.report.text import number, points
from grader.report.view import VISIBLE_ONLY, feedback_view
from grader.report.viewdata import CheckView, FeedbackView
from grader.results import CheckResult, Result, Visibility

_SHOWN_FIRST: tuple[Visibility, ...] = ("visible", "after_due_date", "after_published", "hidden")


@dataclass(frozen=True)
class Line:
    """One check: its words as plain text, without its points."""

    number: str
    title: str
    passed: bool
    word: str
    text: str
    """What went wrong and what to try; empty where it passed."""
    points: float | None
    """None where a person has to grade it."""
    max_points: float
    visibility: Visibility
    covers: tuple[str, ...]

    @property
    def ended(self) -> str:
        """Say how it ended, as a sentence."""
        return f"{self.word.capitalize()}."

    @property
    def worth(self) -> str:
        """Say how many of its points were had; empty where a person has to grade it."""
        return "" if self.points is None else f"{number(self.points)} of {points(self.max_points)}"


@dataclass(frozen=True)
class Answer:
    """What a platform is told of one submission."""

    result: Result
    score: float
    """After lateness."""
    max_score: float
    lines: tuple[Line, ...]
    """Every check in order; `shown` are those for the student's eyes."""
    heading: str
    """The score in a sentence."""
    notes: tuple[str, ...]
    """What stands before the checks: what to mend first, what was noticed, what lateness costs, what is not shown."""

    @property
    def shown(self) -> tuple[Line, ...]:
        """Give the checks that the student may see at once."""
        return tuple(line for line in self.lines if line.visibility == "visible")

    @property
    def counted(self) -> tuple[Line, ...]:
        """Give the checks whose points are known, whoever may see them."""
        return tuple(line for line in self.lines if line.points is not None)

    @property
    def listed(self) -> tuple[Line, ...]:
        """Give those of the counted that the student may see at once."""
        return tuple(line for line in self.counted if line.visibility == "visible")

    @property
    def fraction(self) -> float:
        """Give the share of the points, from 0 to 1."""
        return safe.fraction(self.score, self.max_score)

    @property
    def summary(self) -> str:
        """Put the heading and the notes into one text."""
        return "\n".join((self.heading, *self.notes))


def answer_of(result: Result, score: float, notes: Sequence[str] = ()) -> Answer:
    """Word a result, with a score after lateness; `notes` are said besides."""
    view = feedback_view(result)
    whole = safe.number(score)
    heading = f"{number(whole)} of {points(result.max_score)}."
    return Answer(
        result=result,
        score=whole,
        max_score=safe.number(result.max_score),
        lines=_lines(result),
        heading=heading,
        notes=tuple(safe.text(note) for note in (*_notes(view), *notes) if note),
    )


def _notes(view: FeedbackView) -> list[str]:
    notice = view.notice
    first = [notice.heading, notice.sentence, notice.title, notice.message, notice.hint and f"Try: {notice.hint}"]
    return ["\n".join(part for part in first if part), view.note, view.pending, view.not_shown, view.unwalled]


def _lines(result: Result) -> tuple[Line, ...]:
    """Word each check by itself: what is hidden is worded as if it were shown, and shown only where it may be."""
    found: dict[str, CheckView] = {}
    for visibility in _SHOWN_FIRST:
        if any(check.visibility == visibility for check in result.checks):
            view = feedback_view(result, policy=VISIBLE_ONLY | {visibility})
            found = {one.head.id: one for group in view.groups for one in group.checks} | found
    return tuple(
        _line(at, check, found[check.id]) for at, check in enumerate(result.checks, start=1) if check.id in found
    )


def _line(at: int, check: CheckResult, view: CheckView) -> Line:
    parts = [view.mistake and f"{view.mistake}.", view.message, view.hint and f"Try: {view.hint}"]
    return Line(
        number=str(at),
        title=view.head.title,
        passed=check.outcome == "passed",
        word=view.head.word.word,
        text=safe.text("\n".join(part for part in parts if part)),
        points=check.points,
        max_points=check.max_points,
        visibility=check.visibility,
        covers=check.covers,
    )
