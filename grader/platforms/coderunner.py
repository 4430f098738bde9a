"""Moodle's CodeRunner, a combinator template grader on a Jobe server: `spec/platforms.md` section 6.2.

The question's template writes `grade-coderunner.json` beside the attachments and becomes this entry. What is printed
must be one JSON value, with nothing on standard error: Jobe takes a word there for a run that failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from grader.errors import UsageError
from grader.platforms import fit, safe
from grader.platforms.answer import Answer, Line
from grader.platforms.contract import Found, Platform, Reply, Surroundings
from grader.platforms.loose import is_inside, named
from grader.platforms.settings import Platforms
from grader.report.text import line as one_line
from grader.report.text import number

INPUT = "grade-coderunner.json"
_SHOWN = ("Check", "Result", "Points")
_MOST_BYTES = 500_000
"""Of the answer: Jobe cuts what is printed above 2 MB, and CodeRunner shows students the pieces, hidden rows too."""

_NOTE = 4_000
"""Of characters."""


class _Input(msgspec.Struct):
    """What the template of the question says; it is ours."""

    name: str
    """What the file of the answer box is called."""
    answer: str = ""
    attachments: tuple[str, ...] = ()
    student: str = ""
    assignment: str = ""


def _is_here(around: Surroundings) -> bool:
    return (around.here / INPUT).is_file()


def _results(_: Surroundings) -> Sequence[Any]:
    return ()


def find(around: Surroundings) -> Found:
    """Take the answer box, unless it is empty, and what is attached; of the same name, the answer box is meant."""
    try:
        given = msgspec.json.decode((around.here / INPUT).read_bytes(), type=_Input)
    except (OSError, msgspec.MsgspecError) as error:
        raise UsageError(f"the template of the question must write {INPUT}: {error}") from error
    if not is_inside(given.name) or "/" in given.name:
        raise UsageError(f"{INPUT} must name the file of the answer box")
    files, notes = named(around.here, (name for name in given.attachments if "/" not in name))
    if given.answer.strip():
        if given.name in files:
            notes = (f"{given.name} is the answer box; the attachment of that name was left aside.", *notes)
        files[given.name] = given.answer.encode(errors="replace")
    return Found(files=files, student=given.student, assignment=given.assignment, notes=notes)


def answer(told: Answer, _: Found, around: Surroundings, settings: Platforms) -> Reply:
    """Print the fraction and the table; hidden checks are rows that CodeRunner shows to staff alone."""
    if told.result.status == "rejected" and settings.rejected == "failure":
        return fault(told.result.message, around)
    lines = [line for line in told.lines if line.points is not None]
    outcome: dict[str, Any] = {"fraction": told.fraction, "prologuehtml": _prologue(told)}

    def with_table(most: int) -> bytes:
        rows = [["iscorrect", *_SHOWN, "ishidden"], *(_row(line, most) for line in lines)]
        return safe.encode(outcome | {"testresults": rows, "columnformats": ["%s"] * len(_SHOWN)})

    data = fit.fitting(with_table, _MOST_BYTES)
    if not lines or len(data) > _MOST_BYTES:
        data = safe.encode(outcome)
    return Reply(out=f"{data.decode()}\n")


def _prologue(told: Answer) -> str:
    """Write what stands above the table; CodeRunner escapes nothing there."""
    notes = [safe.element("pre", safe.text(note, _NOTE)) for note in told.notes]
    return safe.fragment([safe.element("p", told.heading), *notes])


def _row(line: Line, most: int) -> list[Any]:
    words = [f"{line.word}.".capitalize(), fit.cut(line.text, most)]
    points = f"{number(line.points or 0.0)} of {number(line.max_points)}"
    hidden = int(line.visibility != "visible")
    return [int(line.passed), one_line(line.title), "\n".join(word for word in words if word), points, hidden]


def fault(sentence: str, _: Surroundings) -> Reply:
    """Fail the run: CodeRunner then gives no mark, and shows what was said."""
    return Reply(err=f"{sentence}\n", code=3)


PLATFORM = Platform("coderunner", _is_here, _results, find, answer, fault, private=False)
