"""Submissions of sinenet, right, wrong and hostile: each loses just the checks that it should."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from grader.results import Result
from tests.command import grade, results
from tests.corpus import SUBMISSIONS, Case, assert_foreign_code_is_recognised, cases, differences

CASES = cases("sinenet")

pytestmark = [pytest.mark.slow, pytest.mark.beside]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Result]:
    """Grade the whole corpus once, as a class."""
    directory = tmp_path_factory.mktemp("sinenet")
    ran = grade("run", "sinenet", SUBMISSIONS / "sinenet", "-o", directory, "--jobs", "2", seconds=1200)

    assert ran.code == 0, ran.err

    return results(directory)


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
