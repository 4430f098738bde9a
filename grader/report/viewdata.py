"""What the pages of one submission show, as data: cleaned, worded and counted, ready for a template."""

from __future__ import annotations

from dataclasses import dataclass

from grader.report.code import CodeView, Excerpt
from grader.report.drawing import Drawing
from grader.report.words import Word


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A score: its number and its total, one sentence, and the length of a bar of 1000."""

    graded: bool
    score: str
    total: str
    sentence: str
    bar: int


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above what a check says: the same for many a student."""

    anchor: str
    id: str
    word: Word
    title: str
    points: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check as both pages show it; `code` asks for a fixed-width message."""

    head: Head
    mistake: str
    message: str
    code: bool
    hint: str
    excerpt: Excerpt | None = None
    pictures: tuple[Drawing, ...] = ()
    decided: str = ""
    """Who decided and when, for staff; empty where no person has."""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the assignment: the checks that judge the same names, in order, and how many of them passed."""

    names: tuple[str, ...]
    anchor: str
    checks: tuple[CheckView, ...]
    passed: int
    word: Word


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands before all checks: why none ran, or what to mend first."""

    mood: str
    heading: str
    sentence: str
    title: str = ""
    message: str = ""
    code: bool = False
    hint: str = ""
    anchor: str = ""
    excerpt: Excerpt | None = None


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """All that a student is shown."""

    assignment: str
    student: str
    score: ScoreView
    pending: str
    notice: Notice
    note: str
    groups: tuple[Group, ...]
    not_shown: str
    code: CodeView | None
    files: tuple[str, ...]
    versions: str
    unwalled: str


@dataclass(frozen=True, slots=True)
class StaffCheckView:
    """One check with what only staff see."""

    shown: CheckView
    visibility: str
    covers: tuple[str, ...]
    seconds: str
    mistake: str
    """The name of its file in the catalogue."""
    detail: str
    again: str
    """How to carry it out once more; empty where it passed."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a list of facts: a term and its values; `code` asks for fixed width."""

    term: str
    values: tuple[str, ...]
    code: bool = False


@dataclass(frozen=True, slots=True)
class ReportView:
    """All that staff are shown about one submission."""

    assignment: str
    student: str
    score: ScoreView
    pending: str
    status: Word
    status_mood: str
    unwalled: str
    sentence: str
    message: str
    summary: tuple[str, ...]
    checks: tuple[StaffCheckView, ...]
    loose_details: tuple[Fact, ...]
    code: CodeView | None
    output: str
    output_cut: str
    facts: tuple[Fact, ...]
    replay: str
