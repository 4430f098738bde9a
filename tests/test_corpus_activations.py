"""Submissions of activations, right and wrong: each loses just the checks that it should."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.results import Result
from tests.command import grade, results
from tests.corpus import Case, assert_foreign_code_is_recognised, cases, differences
from tests.hiding import told
from tests.light import graded_corpus

CASES = cases("activations")
VARIANTS = sorted((Path(__file__).resolve().parents[1] / "solutions" / "activations" / "variants").glob("*.py"))

pytestmark = [pytest.mark.slow, pytest.mark.beside]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name the folder of the results."""
    return tmp_path_factory.mktemp("activations")


@pytest.fixture(scope="module")
def graded(place: Path) -> Mapping[str, Result]:
    """Grade the whole corpus once, as a class."""
    return graded_corpus("activations", CASES, place)


@pytest.mark.usefixtures("graded")
def test_feedback_tells_nothing_of_what_is_hidden(place: Path) -> None:
    """No word of a hidden check, and no line of the solution, is in the feedback of anybody."""
    assert told(place / "full", "activations") == told(place / "light", "activations") == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, graded: Mapping[str, Result]) -> None:
    """A submission loses the checks that it should, and no others."""
    assert differences(case, graded[case.name]) == []


def test_right_submissions() -> None:
    """Right answers of many styles are held to full points, two notebooks among them."""
    right = [case for case in CASES if case.right]

    assert len(right) + len(VARIANTS) >= 10
    assert len([case for case in right if (case.folder / "activations.ipynb").exists()]) >= 2


def test_variants_get_full_points(tmp_path: Path) -> None:
    """Every variant of the solution, whatever its style, gets all points."""
    for path in VARIANTS:
        folder = tmp_path / "class" / path.stem
        folder.mkdir(parents=True)
        (folder / "activations.py").write_bytes(path.read_bytes())

    ran = grade("run", "activations", tmp_path / "class", "-o", tmp_path / "out", "--jobs", "2")

    assert ran.code == 0, ran.err
    found = results(tmp_path / "out")
    lost = {name: [check.id for check in result.checks if not check.points] for name, result in found.items()}
    assert lost == {path.stem: [] for path in VARIANTS}
    assert {result.score for result in found.values()} == {40.0}


def test_mistakes_in_foreign_code(graded: Mapping[str, Result]) -> None:
    """Of the catalogue's mistakes, written in other styles, nine tenths get their name; none gets a wrong one."""
    assert_foreign_code_is_recognised(CASES, graded, at_least=23, unknown=5)
