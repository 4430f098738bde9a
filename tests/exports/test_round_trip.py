"""From the download of a platform, through the real commands, to the file that the platform takes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import layouts
from tests.command import MINI, Ran, grade, run_mini
from tests.exports import importers
from tests.intake.makers import RIGHT
from tests.layouts import Person, packed

pytestmark = [pytest.mark.slow, pytest.mark.beside]

ANN = Person("Ann", "Öz", 11, "aoez", {"mini.py": RIGHT})
BOB = Person("Bob", "O'Neil, Jr.", 12, "b_oneil", {"mini.py": b"x = 1 +\n"})
CEM = Person("Ann", "Öz", 13, "aoez2", {"mini.py": RIGHT})
CLASS = [ANN, BOB, CEM]


def _graded(folder: Path, entries: dict[str, bytes]) -> Path:
    ran = run_mini(folder / "out", [packed(folder / "class.zip", entries)], "--jobs", "1")
    assert ran.code == 0, ran.err
    return folder / "out"


def _export(name: str, out: Path, *more: str | Path) -> tuple[Ran, bytes]:
    file = out.parent / f"{name}.out"
    ended = grade("export", name, out, "-o", file, "--course", MINI, *more)
    assert ended.code == 0, ended.err
    return ended, file.read_bytes()


def test_canvas(tmp_path: Path) -> None:
    """Marks by user id, pages by user and attachment."""
    out = _graded(tmp_path, layouts.canvas(CLASS))
    _, marks = _export("canvas", out)
    taken = importers.canvas(marks, {11: "", 12: "", 13: ""}, {})
    _, pages = _export("canvas-feedback", out)

    assert [score for _, score in sorted(taken.scores.items())] == ["10", "0", "10"]
    assert taken.new_students == []
    owners = {int(name.split("_")[2]): int(name.split("_")[1]) for name in layouts.canvas(CLASS)}

    assert set(importers.canvas_pages(pages, owners)) == {11, 12, 13}


def test_moodle(tmp_path: Path) -> None:
    """The worksheet filled in by participant, two of one name told apart; pages likewise."""
    out = _graded(tmp_path, layouts.moodle(CLASS))
    worksheet = tmp_path / "worksheet.csv"
    rows = [f'Participant {one.number},"{one.full}",,15.00,-,' for one in [*CLASS, Person("Di", "Li", 14, "d")]]
    head = "Identifier,Full name,Grade,Maximum Grade,Last modified (grade),Feedback comments"
    worksheet.write_text("\n".join([head, *rows, ""]), encoding="utf-8-sig")
    ended, marks = _export("moodle", out, "--template", worksheet)
    taken = importers.moodle(marks, {11, 12, 13, 14}, 15)
    _, pages = _export("moodle-feedback", out)

    assert {number: grade for number, (grade, _) in taken.items()} == {11: 10.0, 12: 0.0, 13: 10.0}
    assert "could not be imported" in taken[12][1]
    assert "1 row of worksheet.csv got nothing: Participant 14." in ended.err
    assert "the marks are out of 10, and Moodle says 15" in ended.err
    assert set(importers.moodle_pages(pages, {11, 12, 13})) == {11, 12, 13}


def test_blackboard(tmp_path: Path) -> None:
    """Scores by username, with a template and without."""
    out = _graded(tmp_path, layouts.blackboard(CLASS))
    _, new = _export("blackboard", out)
    template = tmp_path / "download.csv"
    rows = [f'"{one.family}","{one.given}","{one.login}",""' for one in CLASS]
    head = '"Last Name","First Name","Username","Mini [Total Pts: 10 Score] |77"'
    template.write_text("\n".join([head, *rows, ""]), encoding="utf-8-sig")
    _, marks = _export("blackboard", out, "--template", template)
    logins = [one.login for one in CLASS]

    assert importers.blackboard(new, logins, {}) == {
        (login, "new: Mini: what the tests of the harness grade"): score
        for login, score in zip(logins, ["10", "0", "10"], strict=True)
    }
    assert importers.blackboard(marks, logins, {"77": "mini"}) == {
        ("aoez", "mini"): "10", ("b_oneil", "mini"): "0", ("aoez2", "mini"): "10",
    }  # fmt: skip


def test_brightspace(tmp_path: Path) -> None:
    """By the name, which is all that the download has; two of one name are told and get nothing."""
    out = _graded(tmp_path, layouts.brightspace(CLASS))
    template = tmp_path / "export.csv"
    rows = [f'#{one.number},"{one.family}","{one.given}",,#' for one in CLASS]
    head = "OrgDefinedId,Last Name,First Name,Mini Points Grade <Numeric MaxPoints:10>,End-of-Line Indicator"
    template.write_text("\n".join([head, *rows, ""]))
    ended, marks = _export("brightspace", out, "--template", template)
    refused = grade("export", "brightspace", out, "-o", tmp_path / "new.csv", "--course", MINI)

    assert importers.brightspace(marks, ["11", "12", "13"]) == {
        ("11", "Mini"): "", ("12", "Mini"): "0", ("13", "Mini"): "",
    }  # fmt: skip
    assert ended.err.count("several rows with the name Ann Öz") == 2
    assert (refused.code, "give what the LMS exports with --template" in refused.err) == (2, True)


def test_nbgrader(tmp_path: Path) -> None:
    """Scores under the names of the folders."""
    out = _graded(tmp_path, layouts.nbgrader(CLASS, "mini"))
    _, marks = _export("nbgrader", out)

    assert {row["student_id"]: (row["score"], row["max_score"]) for row in importers.nbgrader(marks)} == {
        "aoez": ("10", "10"), "b_oneil": ("0", "10"), "aoez2": ("10", "10"),
    }  # fmt: skip
