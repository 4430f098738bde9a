"""`grade audit` says what is off with a rubric, and fails then."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import MINI, Ran, grade

TRIPLE = (
    '"""It triples.\n\nMultiply by 2.\n"""\n\nLOSES = ("check_double_values",)\n\n\ndef double(x):\n    return 3 * x\n'
)
LYING = TRIPLE.replace("It triples", "It adds").replace("3 * x", "x + 1").replace("values", "shape")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Copy the small course, to be spoilt."""
    shutil.copytree(MINI, tmp_path / "course")
    for name in ("mistakes", "variants"):
        (tmp_path / "course" / "solutions" / "mini" / name).mkdir()
    return tmp_path / "course"


def audit(course: Path, *more: str) -> Ran:
    """Audit the small assignment."""
    return grade("audit", "mini", "--course", course, "--jobs", "1", *more)


def test_what_is_off_is_listed(course: Path) -> None:
    """A variant marked down, checks that catch nothing, a mistake that loses other checks than it lists: exit 1."""
    hidden = course / "solutions" / "mini"
    (hidden / "mistakes" / "triple.py").write_text(TRIPLE)
    (hidden / "mistakes" / "adds.py").write_text(LYING)
    (hidden / "variants" / "broken.py").write_text("def double(x):\n    return x + x\n")

    ran = audit(course, "--json")

    found = json.loads(ran.out)
    problems = "\n".join(found["problems"])
    assert ran.code == 1
    assert "variant-broken is right, but loses check_sum_of_three" in problems
    assert "check_total_fresh catches no mistake" in problems
    assert "mistake-adds: loses check_double_values" in problems
    assert "triple" in found["catches"]["check_double_values"]


def test_a_broken_solution_and_a_stub_that_gains_are_told(course: Path) -> None:
    """The solution must get full points, and the stub none."""
    (course / "solutions" / "mini" / "solution.py").write_text(
        "def double(x):\n    return 2 * x\n\n\ndef total(x):\n    pass\n"
    )
    (course / "assignments" / "mini" / "mini.py").write_text("def double(x):\n    return 2 * x\n")

    ran = audit(course)

    assert ran.code == 1
    assert "solution is right, but loses check_sum_of_three" in ran.out
    assert "the stub gains 2 points from check_double_values" in ran.out


def test_a_catalogue_that_names_no_check_is_refused(course: Path) -> None:
    """A mistake that says it loses a check that is not there ends with one sentence and exit code 2."""
    path = course / "solutions" / "mini" / "mistakes" / "triple.py"
    path.write_text(TRIPLE.replace("check_double_values", "check_doubles"))

    ran = audit(course)

    assert ran.code == 2
    assert "triple.py: LOSES names check_doubles" in ran.err
    assert "Traceback" not in ran.err
