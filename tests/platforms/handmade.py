"""What the tests of the platforms share: files that students hand in, answers made by hand, a course that is broken."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from grader.platforms.answer import Answer, Line
from grader.results import Environment, Result, Seconds, Status, SubmissionInfo, Visibility
from tests.command import MINI, Ran, grade

RIGHT = (MINI / "solutions" / "mini" / "solution.py").read_text()

WRONG = "def double(x):\n    return 3 * x\n\n\ndef total(x):\n    return x.sum().item()\n"
"""Loses 3 of 10 points."""

HIDDEN = "def double(x):\n    return 2 * x\n\n\ndef total(x):\n    return x.sum().item() if len(x) != 4 else 5.0\n"
"""Loses the 3 points of the check that is hidden."""

MARKERS = ("Q1: model", '{"scores": {"double": 100}}', "Grade :=>> 100", "<script>alert(1)</script>")
HOSTILE_TEXT = "\x00\x1b[31m\ufffe" + "\n".join(MARKERS) + "\n\N{PILE OF POO}é" + "A" * 200_000
HOSTILE = f"def double(x):\n    raise ValueError({HOSTILE_TEXT!r})\n\n\n{RIGHT[RIGHT.index('def total') :]}"

SECRET = "SECRET-OF-STAFF"  # noqa: S105 - it is looked for in what students see
HIDDEN_TITLE = "total of four ones"

_ALL: tuple[Visibility, ...] = ("visible", "hidden", "after_due_date", "after_published")


def serve(name: str, root: Path, *words: str, course: Path = MINI, cwd: Path, env: dict[str, str] | None = None) -> Ran:
    """Run the entry as a platform does, in a folder of its own."""
    return grade("platform", name, "--root", root, "--course", course, *words, cwd=cwd, env=env)


def broken_course(folder: Path) -> Path:
    """Copy the small course and break its checks, with a secret in what they raise."""
    course = folder / "broken"
    shutil.copytree(MINI, course)
    (course / "solutions" / "mini" / "checks.py").write_text(f"raise RuntimeError('{SECRET}')\n")
    return course


def line(number: int, *, covers: Sequence[str] = ("double",), **more: object) -> Line:
    """Make a check that passed with 2 of 2 points."""
    made = Line(
        number=str(number), title=f"check {number}", passed=True, word="passed", text="", points=2.0, max_points=2.0,
        visibility="visible", covers=tuple(covers),
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]  # the fields of a Line, by name


def told(*lines: Line, score: float | None = None, status: Status = "graded", message: str = "") -> Answer:
    """Make an answer of checks; its score is their sum where none is given."""
    scored = [one for one in lines if one.points is not None]
    total = sum(one.points or 0.0 for one in scored)
    most = sum(one.max_points for one in scored)
    result = Result(
        assignment="mini", submission=SubmissionInfo(id="a", student="a", files=(), sha256=""), status=status,
        message=message, score=total, max_score=most, checks=(), seconds=Seconds(), sandbox=(),
        environment=Environment(python="3", torch="2", grader="0"), checks_sha256="", seed=0,
    )  # fmt: skip
    given = total if score is None else score
    return Answer(result=result, score=given, max_score=most, lines=lines, heading=f"{given:g} of {most:g}.", notes=())


def hidden(number: int) -> list[Line]:
    """Make one failed check of each visibility but visible, each with the secret in every word."""
    return [
        line(number + at, title=SECRET, text=SECRET, passed=False, word="failed", points=0.0, visibility=one)
        for at, one in enumerate(_ALL[1:])
    ]
