"""Submissions of sinenet, right, wrong and hostile: each loses just the checks that it should."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.results import Result
from tests.corpus import Case, assert_foreign_code_is_recognised, cases, differences
from tests.hiding import told
from tests.light import graded_corpus

CASES = cases("sinenet")

pytestmark = [pytest.mark.slow, pytest.mark.beside]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name the folder of the results."""
    return tmp_path_factory.mktemp("sinenet")


@pytest.fixture(scope="module")
def graded(place: Path) -> Mapping[str, Result]:
    """Grade the whole corpus once, as a class."""
    return graded_corpus("sinenet", CASES, place)


@pytest.mark.usefixtures("graded")
def test_feedback_tells_nothing_of_what_is_hidden(place: Path) -> None:
    """No word of a hidden check, and no line of the solution, is in the feedback of anybody."""
    assert told(place / "full", "sinenet") == told(place / "light", "sinenet") == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, graded: Mapping[str, Result]) -> None:
    """A submission loses the checks that it should, and no others."""
    assert differences(case, graded[case.name]) == []


def test_endless_loops_are_not_dear(graded: Mapping[str, Result]) -> None:
    """A submission whose `train` never ends takes little more than a minute of CPU in all."""
    assert graded["endless_train"].seconds.cpu < 75


def test_right_submissions() -> None:
    """At least ten submissions of different styles, two notebooks among them, are held to full points."""
    right = [case for case in CASES if case.right]

    assert len(right) >= 10
    assert len([case for case in right if (case.folder / "sinenet.ipynb").exists()]) >= 2


def test_mistakes_in_foreign_code(graded: Mapping[str, Result]) -> None:
    """Of the catalogue's mistakes, written in other styles, nine tenths get their name; none gets a wrong one."""
    assert_foreign_code_is_recognised(CASES, graded, at_least=29, unknown=6)
