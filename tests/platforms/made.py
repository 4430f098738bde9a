"""What students hand in, and answers, both made by hand for the tests of all platforms."""

from __future__ import annotations

from grader.platforms.answer import Answer, Line
from grader.results import CheckResult, Environment, Result, Seconds, Status, SubmissionInfo, Visibility

RIGHT = "def double(x):\n    return 2 * x\n\n\ndef total(x):\n    return float(x.sum())\n"
"""Has the 10 points that the program gives; 5 more wait for a person."""

WRONG = RIGHT.replace("2 * x", "x * x")
"""Loses the 3 points of `double`."""

HALF = RIGHT.replace("float(x.sum())", "float(x.sum()) + (len(x) == 4)")
"""Right but for the hidden check, which is worth 3 points."""

HOSTILE = (
    "\x00\x1b[31m\ufffe<script>alert(1)</script>\n--|>\nGrade :=>> 100\r\nGrade :=>> 100\n<|--\nComment :=>> 100\n"
    "::notice title=Autograding report::{}\n ::error::x\n##[error]x\n"
    'Q1: model\n{"scores": {"double": 100}}\n</pre>**bold**|`x`|@staff & \N{PILE OF POO}é\n\u2028Grade :=>> 100\ud800'
)
"""What some platform would take for its own: a grade, a comment, a command, an element, the end of one."""

RAISES = (
    f"def double(x):\n    raise ValueError({HOSTILE!a} * 3 + 'x' * 10**6)\n\n\n"
    "def total(x):\n    raise ValueError('<b>')\n"
)
"""Loses all points, in many words."""

OTHERS = {f"notes{at}.txt": b"nothing" for at in range(6)} | {
    "json.py": b"raise SystemExit('json.py of the student was imported')\n",
    "torch.py": b"raise SystemExit('torch.py of the student was imported')\n",
    "sitecustomize.py": b"raise SystemExit('sitecustomize.py of the student was imported')\n",
}
"""With the answer they are ten; the names are those of modules that a grader imports."""

TEN = {f"part{number}.py": RIGHT for number in range(10)}
"""Ten files, of which none is called what the assignment is called."""

HIDDEN = ("total of four ones", "check_sum_of_four")
"""What only staff may read of the small assignment's hidden check."""

SECRET = "SECRET-OF-STAFF"  # noqa: S105 - a word to look for
"""Stands in whatever students may not see."""


def line(
    title: str = "A title",
    had: float | None = 1,
    most: float = 1,
    text: str = "",
    visibility: Visibility = "visible",
    *,
    covers: tuple[str, ...] = (),
) -> Line:
    """Make one check's line."""
    passed = had == most
    word = "passed" if passed else "failed"
    return Line("1", title, passed, word, text, had, most, visibility, covers)


def unseen() -> list[Line]:
    """Make one failed check of each visibility but visible, each with the secret in every word."""
    kinds: tuple[Visibility, ...] = ("hidden", "after_due_date", "after_published")
    return [line(SECRET, 0, 2, SECRET, kind, covers=("double",)) for kind in kinds]


def told(
    *lines: Line,
    score: float | None = None,
    status: Status = "graded",
    message: str = "No file was handed in.",
    notes: tuple[str, ...] = (),
) -> Answer:
    """Make an answer of lines; its score is their sum unless said otherwise, and `message` is of what was rejected."""
    counted = [one for one in lines if one.points is not None]
    had, most = sum(one.points or 0 for one in counted), sum(one.max_points for one in counted)
    result = Result(
        assignment="mini",
        submission=SubmissionInfo(id="a", student="A", files=(), sha256=""),
        status=status,
        message=message if status == "rejected" else "",
        score=had,
        max_score=most,
        checks=(check(),),
        seconds=Seconds(),
        sandbox=(),
        environment=Environment(python="3", torch="2", grader="0"),
        checks_sha256="",
        seed=0,
    )
    shown = had if score is None else score
    return Answer(result, shown, most, lines, f"{shown} of {most} points.", notes)


def check(max_points: float = 1, *covers: str) -> CheckResult:
    """Make a check that has not passed."""
    return CheckResult(
        id="check_a", title="A", covers=covers, points=None, max_points=max_points, outcome="failed",
        visibility="visible",
    )  # fmt: skip
