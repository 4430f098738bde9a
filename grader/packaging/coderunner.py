"""A question of Moodle's CodeRunner, and what its Jobe server needs: `spec/platforms.md` section 6.2.

The hidden part is a support file of the question: it lies on the server while that question is graded, and not where
the programs of other questions could read it.
"""

from __future__ import annotations

import base64
import html
import math
from collections.abc import Sequence

from grader import __version__
from grader.assignment import Assignment
from grader.packaging import Files, Member, Packager, Wanted
from grader.packaging.archive import zipped
from grader.packaging.own_image import VENV
from grader.packaging.parts import HIDDEN_MODE, course_files, grader_files, rendered
from grader.platforms.coderunner import INPUT
from grader.release.write import HANDOUT
from grader.report.text import number

_NAME, _ARCHIVE, _FOLDER = "coderunner", "grade-course.zip", "course"
_MOST_CPU_SECONDS = 120
"""Jobe ends a run after twice its CPU time by the clock."""


def package(wanted: Wanted) -> Files:
    """Lay out the question, its parts for who has one already, and the folder for the Jobe server."""
    assignment = wanted.assignment
    archive = zipped(course_files(assignment, _FOLDER))
    files = grader_files("jobe/")
    seconds = assignment.platforms.seconds_of(_NAME)
    values = {
        "slug": assignment.slug,
        "title": assignment.title,
        "max_points": number(assignment.max_points),
        "seconds": number(seconds),
        "cpu_seconds": min(_MOST_CPU_SECONDS, math.ceil(seconds / 2)),
        "memory_mb": max(assignment.platforms.memory_of(_NAME), assignment.memory_mb),
        "version": __version__,
        "wheel": next(name for name in files if name.endswith(".whl")).removeprefix("jobe/"),
        "venv": VENV,
        "input": INPUT,
        "archive": _ARCHIVE,
        "folder": _FOLDER,
    }
    template = rendered("coderunner/template.py.in", **values)
    question = {
        "script": template.decode(),
        "text": _text(assignment),
        "stub": assignment.stubs().get(f"{assignment.slug}.py", b"").decode(errors="replace"),
        "archived": base64.b64encode(archive).decode(),
    }
    return files | {
        "question.xml": Member(rendered("coderunner/question.xml", **values, **question), HIDDEN_MODE),
        "template.py": Member(template),
        _ARCHIVE: Member(archive, HIDDEN_MODE),
        "README.md": Member(rendered("coderunner/README.md", **values)),
    }


def _text(assignment: Assignment) -> str:
    """Write what the question asks, in HTML: the hand-out as it is."""
    handout = assignment.public / HANDOUT
    text = handout.read_text(encoding="utf-8") if handout.is_file() else ""
    asked = f"<p>Write <code>{html.escape(assignment.slug)}.py</code>: {html.escape(assignment.title)}</p>"
    return f"{asked}<pre>{html.escape(text)}</pre>" if text else asked


def then(wanted: Wanted) -> Sequence[str]:
    """Say what the Jobe server and Moodle need."""
    return (
        "Install the grader on the Jobe server, from the folder jobe/; README.md says how.",
        "Import question.xml into a question bank that students have no access to.",
        f"Hand in the solution in a preview: it must get all {number(wanted.assignment.max_points)} points.",
    )


PACKAGER = Packager(package, then, sets=frozenset({"seconds", "memory"}))
