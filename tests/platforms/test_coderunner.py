"""CodeRunner: what is printed passes its checks of a combinator template grader's outcome."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from grader.errors import UsageError
from grader.platforms import recognised
from grader.platforms.answer import Answer
from grader.platforms.coderunner import INPUT, answer, find
from grader.platforms.contract import Found, Surroundings
from grader.platforms.settings import Platforms
from tests.command import MINI, Ran
from tests.platforms import made

_ALLOWED = {
    "fraction", "prologuehtml", "testresults", "epiloguehtml", "feedbackhtml", "feedback_html", "columnformats",
    "showdifferences", "showoutputonly", "graderstate", "instructorhtml",
}  # fmt: skip


def checked(out: str, err: str = "", code: int = 0) -> dict[str, Any]:
    """Read an outcome as CodeRunner does; asserts what it would call a broken grader."""
    assert (code, err) == (0, ""), "Jobe calls that a run that failed"
    assert len(out) < 2_000_000, "Jobe cuts what is longer"
    outcome: dict[str, Any] = json.loads(out)
    assert not set(outcome) - _ALLOWED
    assert not isinstance(outcome["fraction"], bool | str)
    assert 0 <= outcome["fraction"] <= 1
    if rows := outcome.get("testresults"):
        assert all(len(row) == len(rows[0]) for row in rows)
        assert len(outcome["columnformats"]) == len([head for head in rows[0] if head not in ("iscorrect", "ishidden")])
        assert set(outcome["columnformats"]) <= {"%s", "%h"}
    root = ElementTree.fromstring(outcome["prologuehtml"])  # noqa: S314 - ours, and it must be well-formed
    assert root.tag == "div"
    assert {one.tag for one in root.iter()} <= {"div", "p", "pre"}
    return outcome


def seen_by_students(outcome: dict[str, Any]) -> str:
    """Give all that a student sees of an outcome: rows that are hidden are left out."""
    rows = outcome.get("testresults", [[]])
    shown = [row for row in rows[1:] if not row[rows[0].index("ishidden")]]
    return json.dumps([outcome["prologuehtml"], shown], ensure_ascii=False)


def laid_out(where: Path, answer_box: str, attached: dict[str, bytes], **more: Any) -> Path:
    """Lay out what the question's template leaves: the attachments, and the input beside them."""
    given = {"name": "mini.py", "answer": answer_box, "attachments": list(attached), "student": "jdoe"} | more
    return made.put(where, attached | {INPUT: json.dumps(given).encode()})


def ran(where: Path, answer_box: str, attachments: dict[str, bytes] | None = None, course: Path = MINI) -> Ran:
    """Run the entry as the question's template does."""
    return made.run("coderunner", laid_out(where, answer_box, attachments or {}), course)


def reply(told: Answer, settings: Platforms | None = None) -> str:
    """Give what is printed."""
    return answer(told, Found(), Surroundings(here=Path("/"), environment={}), settings or Platforms()).out


def test_right(tmp_path: Path) -> None:
    """A right answer has the fraction 1; what is attached besides is nobody's module."""
    done = ran(tmp_path, made.RIGHT, made.OTHERS)

    outcome = checked(done.out, done.err, done.code)
    assert outcome["fraction"] == 1
    assert outcome["testresults"][0] == ["iscorrect", "Check", "Result", "Points", "ishidden"]
    assert outcome["testresults"][1] == [1, "double(x) is 2 x.", "Passed.", "2 of 2", 0]
    assert len(outcome["testresults"]) == 6, "the one that a person grades is no row"


def test_hidden(tmp_path: Path) -> None:
    """A hidden check costs its points, and is a row that students do not get."""
    done = ran(tmp_path, made.HALF)

    outcome = checked(done.out, done.err, done.code)
    assert outcome["fraction"] == 0.7
    assert not any(word in seen_by_students(outcome) for word in made.HIDDEN)
    assert made.HIDDEN[0] in done.out
    assert "worth 3 points" in seen_by_students(outcome)


def test_attachment_alone(tmp_path: Path) -> None:
    """Where the answer box is empty, what is attached is the submission."""
    done = ran(tmp_path, " \n", {"mini.py": made.RIGHT.encode()})

    assert checked(done.out, done.err, done.code)["fraction"] == 1


def test_hostile(tmp_path: Path) -> None:
    """Whatever a student's exception says, it is text in a cell."""
    done = ran(tmp_path, made.RAISES)

    outcome = checked(done.out, done.err, done.code)
    assert outcome["fraction"] == 0
    assert "<script" not in outcome["prologuehtml"]
    assert "\\u0000" not in done.out
    assert "\\u001b" not in done.out


@pytest.mark.parametrize("attached", [{}, {"mini.py": b""}], ids=["none", "empty"])
def test_nothing(tmp_path: Path, attached: dict[str, bytes]) -> None:
    """No answer and an empty file have the fraction 0, and are told why."""
    done = ran(tmp_path, "", attached)

    outcome = checked(done.out, done.err, done.code)
    assert outcome["fraction"] == 0
    assert "<pre>" in outcome["prologuehtml"]


def test_our_fault(tmp_path: Path) -> None:
    """Where our checks are broken the run fails, without JSON, and with nothing of the error."""
    done = ran(tmp_path / "cwd", made.RIGHT, course=made.broken_course(tmp_path / "course"))

    assert done.code != 0
    assert done.out == ""
    assert "not in your code" in done.err
    assert made.SECRET not in done.err


def test_input(tmp_path: Path) -> None:
    """The answer box is meant before an attachment of its name; an attachment is never a link or from outside."""
    made.put(tmp_path, {"outside.py": b"s"})
    here = tmp_path / "cwd"
    names = ["mini.py", "a.py", "l.py", "../outside.py"]
    laid_out(here, "x = 1", {"mini.py": b"y = 1", "a.py": b"1"}, attachments=names)
    (here / "l.py").symlink_to(tmp_path / "outside.py")

    found = find(Surroundings(here=here, environment={}))

    assert dict(found.files) == {"mini.py": b"x = 1", "a.py": b"1"}
    assert "attachment" in found.notes[0]
    assert found.student == "jdoe"


@pytest.mark.parametrize("data", [b"", b"{}", b'{"name": "../x.py"}', b'{"name": "x.py", "answer": 3}'])
def test_a_template_that_is_broken(tmp_path: Path, data: bytes) -> None:
    """An input that the template cannot have written is our fault."""
    made.put(tmp_path, {INPUT: data})

    with pytest.raises(UsageError):
        find(Surroundings(here=tmp_path, environment={}))


def test_texts() -> None:
    """However long the texts are, the answer stays far below what Jobe cuts; all rows are kept while they fit."""
    lines = [made.line(made.HOSTILE, 0, 1, made.HOSTILE + "\u20ac" * 90_000) for _ in range(100)]

    outcome = checked(reply(made.told(*lines, notes=(made.HOSTILE * 100,))))

    assert len(outcome["testresults"]) == 101


def test_no_rows() -> None:
    """Where no check is there, or far too many, there is no table."""
    many = [made.line("t" * 300, 0, 1) for _ in range(5000)]

    for lines in ([], many):
        assert "testresults" not in checked(reply(made.told(*lines)))


def test_rejected_as_a_failure() -> None:
    """Where staff want it so, what is no submission fails the run in place of a zero."""
    rejected = made.told(made.line(had=0), status="rejected")

    assert checked(reply(rejected))["fraction"] == 0
    assert reply(rejected, Platforms(rejected="failure")) == ""


def test_recognised(tmp_path: Path) -> None:
    """It is known by what the template has written."""
    laid_out(tmp_path, "", {})

    assert recognised(Surroundings(tmp_path, tmp_path, {})).name == "coderunner"
