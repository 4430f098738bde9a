"""Student files and answers made by hand, and the entry run as a platform's script runs it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from grader.platforms.answer import Answer, Line
from grader.results import CheckResult, Environment, Result, Seconds, Status, SubmissionInfo, Visibility
from tests.command import MINI as MINI
from tests.command import Ran, grade

SCRIPT = (str(Path(sys.executable).parent / "grade"),)
"""The command as packages call it: nothing is imported from where the student's files lie."""

RIGHT = "def double(x):\n    return 2 * x\n\n\ndef total(x):\n    return float(x.sum())\n"
HALF = RIGHT.replace("float(x.sum())", "float(x.sum()) + (len(x) == 4)")
"""Right but for the hidden check."""

HOSTILE = (
    "\x00\x1b[31m<script>alert(1)</script>\n--|>\nGrade :=>> 100\r\nGrade :=>> 100\n<|--\nComment :=>> 100\n"
    "::notice title=Autograding report::{}\n ::error::x\n##[error]x\n"
    "</pre>**bold**|`x`|@staff\n\u2028Grade :=>> 100\ud800"
)
RAISES = f"def double(x):\n    raise ValueError({HOSTILE!a} * 3)\n\n\ndef total(x):\n    raise ValueError('<b>')\n"

OTHERS = {f"notes{at}.txt": b"nothing" for at in range(6)} | {
    "json.py": b"raise SystemExit('json.py of the student was imported')\n",
    "torch.py": b"raise SystemExit('torch.py of the student was imported')\n",
    "sitecustomize.py": b"raise SystemExit('sitecustomize.py of the student was imported')\n",
}
"""With the answer they are ten; the names are those of modules that a grader imports."""

HIDDEN = ("total of four ones", "check_sum_of_four")
"""What only staff may read of the small assignment's hidden check."""

SECRET = "SECRET-OF-STAFF"  # noqa: S105 - a word to look for


def run(name: str, where: Path, course: Path | None = MINI, **environment: str) -> Ran:
    """Run the entry of a platform in a folder; with no course named where that is None."""
    bare = {"PYTHONPATH": "", "GITHUB_ACTIONS": "", "GITHUB_OUTPUT": "", "GITHUB_STEP_SUMMARY": ""}
    named = () if course is None else ("--course", course)
    return grade("platform", name, *named, command=SCRIPT, cwd=where, env=bare | environment)


def put(folder: Path, files: dict[str, bytes]) -> Path:
    """Lay out files."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def broken_course(folder: Path) -> Path:
    """Make a course whose checks cannot be loaded, with a word in the error that no student may see."""
    shutil.copytree(MINI, folder)
    checks = folder / "solutions" / "mini" / "checks.py"
    checks.write_text(f"raise RuntimeError({SECRET!r})\n")
    return folder


def line(
    title: str = "A title", had: float | None = 1, most: float = 1, text: str = "", visibility: Visibility = "visible"
) -> Line:
    """Make one check's line."""
    passed = had == most
    word = "passed" if passed else "failed"
    return Line("1", title, passed, word, text, had, most, visibility, ())


def told(*lines: Line, score: float | None = None, status: Status = "graded", notes: tuple[str, ...] = ()) -> Answer:
    """Make an answer of lines; its score is their sum unless said otherwise."""
    counted = [one for one in lines if one.points is not None]
    had, most = sum(one.points or 0 for one in counted), sum(one.max_points for one in counted)
    result = Result(
        assignment="mini",
        submission=SubmissionInfo(id="a", student="A", files=(), sha256=""),
        status=status,
        message="No file was handed in." if status == "rejected" else "",
        score=had,
        max_score=most,
        checks=(_check(),),
        seconds=Seconds(),
        sandbox=(),
        environment=Environment(python="3", torch="2", grader="0"),
        checks_sha256="",
        seed=0,
    )
    shown = had if score is None else score
    return Answer(result, shown, most, lines, f"{shown} of {most} points.", notes)


def _check() -> CheckResult:
    return CheckResult(
        id="check_a", title="A", covers=(), points=1, max_points=1, outcome="passed", visibility="visible"
    )
