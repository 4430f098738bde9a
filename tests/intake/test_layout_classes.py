"""A small class from each platform, graded by the real command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests import layouts
from tests.command import results as results_in
from tests.command import run_mini
from tests.intake.makers import RIGHT, zipped
from tests.layouts import Person, laid, packed

pytestmark = [pytest.mark.slow, pytest.mark.beside]

ANN = Person("Ann", "Öz", 11, "aoez", {"mini.py": RIGHT})
BOB = Person("Bob", "O'Neil, Jr.", 12, "b_oneil", {"mini.py": RIGHT.replace(b"x + x", b"x"), "notes.txt": b""})
CEM = Person("Ann", "Öz", 13, "aoez2", {"work.zip": zipped({"mine/mini.py": RIGHT})})
CLASS = [ANN, BOB, CEM]


@dataclass(frozen=True)
class Case:
    """What was downloaded, and the ids of Ann, Bob and Cem; `also` are those who get nothing."""

    entries: Mapping[str, bytes]
    ids: tuple[str, str, str]
    also: tuple[str, ...] = ()
    is_folder: bool = False


CASES = {
    "canvas": Case(
        layouts.canvas([ANN, replace(BOB, late=True), CEM, Person("Di", "Li", 14, "dli", text="print()")]),
        ("özann_11", "oneiljrbob_12", "özann_13"), ("lidi_14",),
    ),
    "moodle": Case(layouts.moodle(CLASS), ("Ann_Öz_11", "Bob_O_Neil__Jr_12", "Ann_Öz_13"), is_folder=True),
    "gradescope": Case(
        layouts.gradescope([[ANN], [BOB], [CEM]]), ("Ann_Öz_11", "Bob_O_Neil__Jr_12", "Ann_Öz_13"),
    ),
    "blackboard": Case(layouts.blackboard(CLASS), ("aoez", "b_oneil", "aoez2")),
    "brightspace": Case(
        layouts.brightspace(CLASS, folder="Mini"), ("Ann_Öz_11", "Bob_O_Neil__Jr_12", "Ann_Öz_13"), is_folder=True,
    ),
    "nbgrader": Case(layouts.nbgrader(CLASS, "mini"), ("aoez", "b_oneil", "aoez2")),
}  # fmt: skip


@pytest.mark.parametrize("layout", CASES)
def test_a_class_is_graded(tmp_path: Path, layout: str) -> None:
    """Everybody gets their own points under their own id, packed in a zip of their own or not."""
    case = CASES[layout]
    where = laid(tmp_path / "class", case.entries) if case.is_folder else packed(tmp_path / "class.zip", case.entries)

    ran = run_mini(tmp_path / "out", [where], "--jobs", "1")

    assert ran.code == 0, ran.err
    assert f"grade: {where.name} is taken for a download from " in ran.err
    found = results_in(tmp_path / "out")
    ann, bob, cem = case.ids
    assert set(found) == {*case.ids, *case.also}
    assert (found[ann].score, found[cem].score) == (10.0, 10.0)
    assert found[bob].status == "graded"
    assert found[bob].score not in (None, 10.0)
    assert {found[name].status for name in case.also} <= {"rejected"}


def test_a_wrong_layout_ends_the_command(tmp_path: Path) -> None:
    """A layout that does not fit, or that there is not, is one line and exit code 2."""
    where = packed(tmp_path / "class.zip", layouts.canvas([ANN]))

    wrong = run_mini(tmp_path / "out", [where], "--layout", "moodle")
    unknown = run_mini(tmp_path / "out", [where], "--layout", "noodle")

    assert (wrong.code, unknown.code) == (2, 2)
    assert wrong.err == (
        "grade: class.zip is no download from Moodle: "
        "expected names such as `Jane Doe_12345_assignsubmission_file`.\n"
    )  # fmt: skip
    assert unknown.err.startswith("grade: there is no layout called 'noodle'; there are auto, files, canvas,")
