"""Submissions of capacity, right and wrong: each loses just the checks that it should."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.results import Result
from tests.command import grade, results
from tests.corpus import SUBMISSIONS, Case, assert_foreign_code_is_recognised, cases, differences
from tests.hiding import told

CASES = cases("capacity")
VARIANTS = Path(__file__).resolve().parents[1] / "solutions" / "capacity" / "variants"

pytestmark = [pytest.mark.slow, pytest.mark.beside]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name the folder of the results."""
    return tmp_path_factory.mktemp("capacity")


@pytest.fixture(scope="module")
def graded(place: Path) -> Mapping[str, Result]:
    """Grade the whole corpus once, as a class."""
    ran = grade("run", "capacity", SUBMISSIONS / "capacity", "-o", place, "--jobs", "2", seconds=1200)

    assert ran.code == 0, ran.err

    return results(place)


@pytest.mark.usefixtures("graded")
def test_feedback_tells_nothing_of_what_is_hidden(place: Path) -> None:
    """No word of a hidden check, and no line of the solution, is in the feedback of anybody."""
    assert told(place, "capacity") == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, graded: Mapping[str, Result]) -> None:
    """A submission loses the checks that it should, and no others."""
    assert differences(case, graded[case.name]) == []


def test_variants(tmp_path: Path) -> None:
    """Right solutions in at least eight styles get full points, whatever the run's seed."""
    for seed in ("0", "7"):
        ran = grade("run", "capacity", VARIANTS, "-o", tmp_path / seed, "--jobs", "2", "--seed", seed)
        assert ran.code == 0, ran.err
        scores = {name: result.score for name, result in results(tmp_path / seed).items()}

        assert scores == {path.stem: 40.0 for path in VARIANTS.glob("*.py")}
        assert len(scores) >= 8


def test_right_notebooks() -> None:
    """Two notebooks are held to full points."""
    assert len([case for case in CASES if case.right and (case.folder / "capacity.ipynb").exists()]) == 2


def test_mistakes_in_foreign_code(graded: Mapping[str, Result]) -> None:
    """Of the catalogue's mistakes, written in other styles, nine tenths get their name; none gets a wrong one."""
    assert_foreign_code_is_recognised(CASES, graded, at_least=17, unknown=5)
