"""Coursera: both files are read by the rules of Coursera's own local tool, written down here again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from grader.errors import UsageError
from grader.platforms import coursera
from grader.platforms.contract import Found, Surroundings
from grader.platforms.settings import Platforms
from tests.command import Ran
from tests.platforms.made import HALF, HIDDEN, HOSTILE, RAISES, RIGHT, SECRET, TEN, WRONG, line, told, unseen
from tests.platforms.places import broken_course, entry, fill

pytestmark = [pytest.mark.slow, pytest.mark.beside]

_KNOWN = {"div", "h2", "h3", "p", "pre", "table", "tr", "th", "td"}


def feedback_of(root: Path) -> dict[str, Any]:
    """Check `feedback.json` as `coursera_autograder grade local` does, and the rich file that it announces."""
    parsed: dict[str, Any] = json.loads((root / "shared" / "feedback.json").read_bytes())
    assert type(parsed["fractionalScore"]) in {int, float}
    assert 0 <= parsed["fractionalScore"] <= 1
    assert isinstance(parsed["feedback"], str)
    assert parsed["feedbackType"] == "HTML"
    html_of(root)
    return parsed


def html_of(root: Path) -> str:
    """See that the rich file is a fragment of known elements without a single attribute."""
    text = (root / "shared" / "htmlFeedback.html").read_text("ascii")
    elements = list(ElementTree.fromstring(text).iter())  # noqa: S314 - our own
    assert {one.tag for one in elements} <= _KNOWN
    assert not any(one.attrib for one in elements)
    assert len(text) <= 64_000
    return text


def laid_out(root: Path, files: dict[str, str]) -> Path:
    """Lay out what the container finds."""
    fill(root / "shared" / "submission", files)
    return root


def graded(root: Path, files: dict[str, str], *, filename: str = "", **more: Any) -> Ran:
    """Run the entry as the container does, in a folder that is nobody's."""
    env = {"partId": "Zb6wb", "userId": "1f3a", "filename": filename}
    return entry("coursera", laid_out(root, files), cwd=root, env=env, **more)


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have a file that loses points graded, where an earlier run has left its files."""
    root = tmp_path_factory.mktemp("wrong")
    (root / "shared").mkdir()
    (root / "shared" / "txtFeedback.txt").write_text("stale")
    (root / "shared" / "feedback.json").write_text('{"fractionalScore": 1.0}')
    assert graded(root, {"mini.py": WRONG}, filename="homework (2).py").code == 0
    return root


def test_full_points(tmp_path: Path) -> None:
    """The right file has the whole fraction; the code is 0."""
    ran = graded(tmp_path, {"mini.py": RIGHT})

    assert ran.code == 0
    assert ran.out == ""
    assert feedback_of(tmp_path)["fractionalScore"] == 1


def test_lost_points(wrong: Path) -> None:
    """What went wrong is in both files, as learners see one of them alone."""
    parsed = feedback_of(wrong)

    assert parsed["fractionalScore"] == 0.7
    assert "Multiply by 2." in parsed["feedback"]
    assert "Multiply by 2." in html_of(wrong)


def test_stale_files_are_gone(wrong: Path) -> None:
    """What an earlier run has left is not taken for this one's: a text file would be shown instead of ours."""
    assert not (wrong / "shared" / "txtFeedback.txt").exists()


def test_hidden_is_not_named(tmp_path: Path) -> None:
    """What is hidden counts, and no word of it is in any file."""
    graded(tmp_path, {"mini.py": HALF})

    assert feedback_of(tmp_path)["fractionalScore"] == 0.7
    assert not any(word in feedback_of(tmp_path)["feedback"] + html_of(tmp_path) for word in HIDDEN)


def test_hostile_text(tmp_path: Path) -> None:
    """Markup in a student's error is text, and controls are gone."""
    graded(tmp_path, {"mini.py": RAISES})

    assert feedback_of(tmp_path)["fractionalScore"] == 0
    assert "<script" not in html_of(tmp_path)
    assert not re.search(r"[\x00\x1b]", feedback_of(tmp_path)["feedback"])


@pytest.mark.parametrize(
    "files",
    [{}, {"mini.py": ""}, TEN],
    ids=["none", "empty", "ten"],
)
def test_nothing_to_grade(tmp_path: Path, files: dict[str, str]) -> None:
    """No file, an empty one, and ten that are not the assignment's get nothing, and are told why."""
    assert graded(tmp_path, files).code == 0
    assert feedback_of(tmp_path)["fractionalScore"] == 0
    assert feedback_of(tmp_path)["feedback"]


def test_notebook_under_another_name(tmp_path: Path) -> None:
    """A notebook that Coursera has given the name of a module is read as a notebook."""
    cell: dict[str, Any] = {
        "cell_type": "code",
        "source": RIGHT,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    book = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    graded(tmp_path, {"mini.py": json.dumps(book)}, filename="My Homework.IPYNB")

    assert feedback_of(tmp_path)["fractionalScore"] == 1
    assert "read as the .ipynb file" in feedback_of(tmp_path)["feedback"]


def test_our_fault(tmp_path: Path) -> None:
    """Where we fail there is no feedback, not even an earlier one, and the code is not 0."""
    laid_out(tmp_path, {})
    (tmp_path / "shared" / "feedback.json").write_text('{"fractionalScore": 1.0}')
    ran = entry("coursera", tmp_path, cwd=tmp_path, course=broken_course(tmp_path))

    assert ran.code == 3
    assert [one.name for one in (tmp_path / "shared").iterdir()] == ["submission"]


def test_nothing_laid_out(tmp_path: Path) -> None:
    """Without the folder of submissions it is no learner's fault."""
    with pytest.raises(UsageError, match="/shared/submission"):
        coursera.find(Surroundings(root=tmp_path))


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """Where the result cannot be written the code says so."""
    course = broken_course(tmp_path)
    laid_out(tmp_path / "root", {"mini.py": RIGHT})
    (tmp_path / "root" / "shared" / "htmlFeedback.html").mkdir()
    ran = entry("coursera", tmp_path / "root", cwd=tmp_path, course=course)

    assert ran.code == 3


def test_all_kinds_of_hidden_and_long_texts(tmp_path: Path) -> None:
    """Both files stay small, whatever is said, and nothing that is not visible is in them."""
    lines = [line(f"check {at}", 0, 2, HOSTILE * 300) for at in range(300)]
    reply = coursera.answer(told(*lines, *unseen()), Found(), Surroundings(root=tmp_path), Platforms())

    assert [path.name for path in reply.files] == ["htmlFeedback.html", "feedback.json"]
    for path, data in reply.files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        assert len(data) <= 64_000
        assert SECRET.encode() not in data
    assert feedback_of(tmp_path)["fractionalScore"] == 0


def test_rejected_as_failure(tmp_path: Path) -> None:
    """Where staff want it so, what is no submission leaves no feedback."""
    rejected = told(line(had=0, most=2), status="rejected", message="no file")
    reply = coursera.answer(rejected, Found(), Surroundings(root=tmp_path), Platforms(rejected="failure"))

    assert (reply.code, reply.files) == (3, {})
