"""Coursera's custom graders, version 2: `/shared`, `spec/platforms.md` section 4."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element

from grader.errors import UsageError
from grader.platforms import fit, loose, safe
from grader.platforms.answer import Answer, Line
from grader.platforms.contract import Found, Platform, Reply, Surroundings
from grader.platforms.settings import Platforms
from grader.report.text import number, points
from grader.submission import ARCHIVES_READ, stem_of

_SUBMISSION = "/shared/submission"
_FEEDBACK, _HTML, _TEXT = "/shared/feedback.json", "/shared/htmlFeedback.html", "/shared/txtFeedback.txt"
_MOST_BYTES = 64_000
"""Of each file: version 1 cut feedback there, and of version 2 no other figure is known."""

_MOST_CHARACTERS = 8_000
"""Of what stands before the checks."""

_ENDINGS = (".py", ".ipynb", *ARCHIVES_READ)


def _is_here(around: Surroundings) -> bool:
    return around.at(_SUBMISSION).is_dir()


def _results(around: Surroundings) -> Sequence[Path]:
    return tuple(around.at(path) for path in (_FEEDBACK, _HTML, _TEXT))


def find(around: Surroundings) -> Found:
    """Take the learner's file; it was given the name that the part suggests, and gets its own ending back."""
    folder = around.at(_SUBMISSION)
    if not folder.is_dir():
        raise UsageError(f"there is no folder {_SUBMISSION}")
    part, learner = around.environment.get("partId", ""), around.environment.get("userId", "")
    files, notes = _renamed(folder, around.environment.get("filename", ""))
    if files:
        return Found(files=files, student=learner, assignment=part, notes=notes)
    return Found(folder=folder, student=learner, assignment=part)


def _renamed(folder: Path, original: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Give the one file the ending back that its learner had given it; nothing where that is the one it has."""
    entries = loose.beside(folder)
    ending = _ending(original)
    if len(entries) != 1 or not ending or _ending(entries[0].name) == ending:
        return {}, ()
    files, _ = loose.read(entries)
    given = entries[0].name
    stem = stem_of(given) if _ending(given) in ARCHIVES_READ else PurePosixPath(given).stem
    note = f"Your file was uploaded as {given}; it was read as the {ending} file that you chose."
    return {f"{stem}{ending}": data for data in files.values()}, (note,)


def _ending(name: str) -> str:
    return max((one for one in _ENDINGS if name.lower().endswith(one)), key=len, default="")


def answer(told: Answer, _: Found, around: Surroundings, settings: Platforms) -> Reply:
    """Make both files, the one that announces the other last; learners see the rich one alone, so all is in both."""
    if told.result.status == "rejected" and settings.rejected == "failure":
        return fault(told.result.message, around)
    html = fit.fitting(lambda most: _html(told, most), _MOST_BYTES)
    feedback = fit.fitting(lambda most: safe.encode(_feedback(told, most)), _MOST_BYTES)
    return Reply(files={around.at(_HTML): html, around.at(_FEEDBACK): feedback})


def _feedback(told: Answer, most: int) -> dict[str, Any]:
    lines = [fit.cut(told.summary, _MOST_CHARACTERS)]
    for line in told.shown:
        lines.append(f"{line.number}. {line.title.removesuffix('.')}: {_ended(line)}")
        lines += [f"    {part}" for part in fit.cut(line.text, most).splitlines()]
    return {"fractionalScore": told.fraction, "feedback": "\n".join(lines), "feedbackType": "HTML"}


def _html(told: Answer, most: int) -> bytes:
    """Write a fragment in ASCII, so that no header decides how it is read."""
    return safe.fragment(_parts(told, most)).encode("ascii", "xmlcharrefreplace")


def _parts(told: Answer, most: int) -> Iterator[Element]:
    yield safe.element("h2", told.heading)
    for note in fit.cut("\n".join(told.notes), _MOST_CHARACTERS).splitlines():
        yield safe.element("p", note)
    if told.shown:
        yield safe.table(("Check", "Result"), [(f"{line.number}. {line.title}", _ended(line)) for line in told.shown])
    for line in told.shown:
        if words := fit.cut(line.text, most):
            yield safe.element("h3", f"{line.number}. {line.title}")
            yield safe.element("pre", words)


def _ended(line: Line) -> str:
    worth = "" if line.points is None else f", {number(line.points)} of {points(line.max_points)}"
    return f"{line.word}{worth}"


def fault(sentence: str, _: Surroundings) -> Reply:
    """Leave no feedback and end badly, so that Coursera counts no attempt; only staff read what is printed."""
    return Reply(err=f"grade: {sentence}\n", code=3)


PLATFORM = Platform("coursera", _is_here, _results, find, answer, fault, private=True)
