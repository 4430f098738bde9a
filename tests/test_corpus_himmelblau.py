"""Submissions of himmelblau, right, wrong and hostile: each loses just the checks that it should."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.results import Result
from tests.command import grade, results
from tests.corpus import SUBMISSIONS, Case, assert_foreign_code_is_recognised, cases, differences
from tests.hiding import told

CASES = cases("himmelblau")

pytestmark = [pytest.mark.slow, pytest.mark.beside]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name the folder of the results."""
    return tmp_path_factory.mktemp("himmelblau")


@pytest.fixture(scope="module")
def graded(place: Path) -> Mapping[str, Result]:
    """Grade the whole corpus once, as a class."""
    ran = grade("run", "himmelblau", SUBMISSIONS / "himmelblau", "-o", place, "--jobs", "2", seconds=1200)

    assert ran.code == 0, ran.err

    return results(place)


@pytest.mark.usefixtures("graded")
def test_feedback_tells_nothing_of_what_is_hidden(place: Path) -> None:
    """No word of a hidden check, and no line of the solution, is in the feedback of anybody."""
    assert told(place, "himmelblau") == []


@pytest.mark.usefixtures("graded")
def test_what_is_told_would_be_found(place: Path, tmp_path: Path) -> None:
    """The search above finds a title of a hidden check in a page that has it."""
    folder = tmp_path / "submissions" / "no_zero_grad"
    shutil.copytree(place / "submissions" / "no_zero_grad", folder)
    page = folder / "feedback.html"
    page.write_text(page.read_text() + "<p>optimize follows Adam and RMSprop, as it takes any optimizer.</p>")

    assert told(tmp_path, "himmelblau") == [
        "no_zero_grad: optimize follows adam and rmsprop, as it takes any optimizer."
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, graded: Mapping[str, Result]) -> None:
    """Each submission loses the checks it should, and no others."""
    assert differences(case, graded[case.name]) == []


def test_right_submissions() -> None:
    """At least ten submissions of different styles are held to full points."""
    assert len([case for case in CASES if case.right]) >= 10


def test_mistakes_in_foreign_code(graded: Mapping[str, Result]) -> None:
    """Of the catalogue's mistakes, written in other styles, nine tenths get their name; none gets a wrong one."""
    assert_foreign_code_is_recognised(CASES, graded, at_least=22, unknown=6)
