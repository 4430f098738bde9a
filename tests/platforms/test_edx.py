"""Open edX: standard output is read by the rules of xqueue-watcher's ContainerGrader, written down here again."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from grader.errors import UsageError
from grader.platforms import edx
from grader.platforms.contract import Found, Surroundings
from grader.platforms.settings import Platforms
from tests.command import Ran
from tests.platforms.made import HALF, HIDDEN, HOSTILE, RAISES, RIGHT, SECRET, WRONG, line, told, unseen
from tests.platforms.places import broken_course, entry

pytestmark = [pytest.mark.slow, pytest.mark.beside]


def result_of(output: str) -> dict[str, Any]:
    """Parse as both backends do: the whole of it, and its last line; then see that the LMS can show it."""
    whole: dict[str, Any] = json.loads(output)
    assert whole == json.loads(output.strip().splitlines()[-1])
    assert output.count("\n") == 1
    assert type(whole["correct"]) is bool
    assert 0 <= whole["score"] <= 1
    assert all(isinstance(one, str) for one in whole["errors"])
    for test in whole["tests"]:
        assert [type(one) for one in test] == [str, str, bool, str, str]
    texts = [*whole["errors"], *(part for test in whole["tests"] for part in test if isinstance(part, str))]
    ElementTree.fromstring("<div>" + "".join(f"<pre>{html.escape(one)}</pre>" for one in texts) + "</div>")  # noqa: S314
    return whole


def graded(root: Path, code: str, *words: str, hide: str = "0", **more: Any) -> Ran:
    """Run the entry as the container does: its folder has nothing, and the code is in the environment."""
    env = {"SUBMISSION_CODE": code, "GRADER_LANGUAGE": "en", "HIDE_OUTPUT": hide}
    return entry("edx", root, *(words or ("/graders/grade.py", "17")), cwd=root, env=env, **more)


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Have code that loses points graded."""
    return graded(tmp_path_factory.mktemp("wrong"), WRONG, "/graders/mini.py", "-3")


def test_full_points(tmp_path: Path) -> None:
    """The right code is correct, with the whole score."""
    ran = graded(tmp_path, RIGHT)
    result = result_of(ran.out)

    assert ran.code == 0
    assert (result["correct"], result["score"], result["errors"]) == (True, 1, [])
    assert all(test[2] for test in result["tests"])


def test_lost_points(wrong: Ran) -> None:
    """A failed check says what it is worth, and what went wrong; the score stands first."""
    result = result_of(wrong.out)

    assert (result["correct"], result["score"]) == (False, 0.7)
    assert result["tests"][0][0] == "Score"
    assert [test[2] for test in result["tests"]] == [False, False, False, True, True]
    assert "Multiply by 2." in result["tests"][1][4]


def test_hidden_is_not_named(tmp_path: Path) -> None:
    """What is hidden counts, and no word of it is on standard output."""
    ran = graded(tmp_path, HALF)

    assert result_of(ran.out)["score"] == 0.7
    assert not any(word in ran.out for word in HIDDEN)


def test_hostile_text(tmp_path: Path) -> None:
    """Whatever a student's error says, there is one line, and it makes valid XML."""
    result = result_of(graded(tmp_path, RAISES).out)

    assert result["score"] == 0
    assert not set("\x00\x1b\ufffe") & set(result["tests"][1][4])


def test_empty(tmp_path: Path) -> None:
    """An empty submission has a score of nothing."""
    result = result_of(graded(tmp_path, "").out)

    assert (result["correct"], result["score"]) == (False, 0)


def test_our_fault(tmp_path: Path) -> None:
    """Where we fail there is nothing on standard output, and the code is not 0."""
    ran = graded(tmp_path, RIGHT, course=broken_course(tmp_path))

    assert (ran.code, ran.out) == (3, "")
    assert "not in your code" in ran.err


def test_no_code(tmp_path: Path) -> None:
    """Where the variable is missing it is no student's fault."""
    with pytest.raises(UsageError, match="SUBMISSION_CODE"):
        edx.find(Surroundings(root=tmp_path, environment={}))


@pytest.mark.parametrize(
    ("words", "assignment"),
    [((), ""), (("mini.py", "1"), "mini"), (("/graders/mini/grade.py", "1"), "mini"), (("/graders/mini", "1"), "mini")],
)
def test_the_assignment_is_named(words: tuple[str, ...], assignment: str) -> None:
    """The grader's path names the assignment, by its own name or by its folder's."""
    found = edx.find(Surroundings(environment={"SUBMISSION_CODE": "caf\udcc3\udca9"}, words=words))

    assert found.assignment == assignment
    assert found.files == {f"{assignment or 'submission'}.py": "café".encode()}


def answered(*lines: Any, hide: str = "0", **more: Any) -> str:
    """Answer an answer made by hand."""
    around = Surroundings(environment={"HIDE_OUTPUT": hide})
    return edx.answer(told(*lines, **more), Found(), around, Platforms()).out


def test_all_kinds_of_hidden() -> None:
    """The platform can hide nothing, so that nothing of any such check is told."""
    assert SECRET not in answered(line(), *unseen())


def test_hidden_output() -> None:
    """With HIDE_OUTPUT only the score is told."""
    result = result_of(answered(line(had=2, most=2), line(had=0, most=2), hide="1"))

    assert (result["tests"], result["score"], result["correct"]) == ([], 0.5, False)


def test_long_texts() -> None:
    """Where much is said it is said shorter, and no check is left out."""
    lines = [line(f"check {at}", 0, 2, HOSTILE * 300) for at in range(300)]
    output = answered(*lines)

    assert len(output) <= 100_001
    assert len(result_of(output)["tests"]) == 301


def test_rejected_is_an_error() -> None:
    """What is no submission is an error, and no score."""
    result = result_of(answered(line(had=0, most=2), status="rejected", message="mini.py is too large."))

    assert (result["errors"], result["score"], result["tests"]) == (["mini.py is too large."], 0, [])
