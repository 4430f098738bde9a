"""Which column of a template is filled, and whose row is whose, whatever the platform."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.exports.order import Made, Student
from tests.exports import importers
from tests.exports.makers import made, order, student

HEADER = "Student,ID,SIS User ID,SIS Login ID,Section,HW1 SineNet (4567),HW2 (4568)"
ANN, BO = '"Smith, Ann",1001,s1,jane,A,,5.0', '"Öz, Bo",1002,-s2,bo@example.edu,A,,'


def _template(folder: Path, *rows: str) -> Path:
    path = folder / "gradebook.csv"
    path.write_text("\n".join([*rows, ""]))
    return path


def _filled(folder: Path, students: Sequence[Student], *rows: str) -> tuple[Made, list[str]]:
    """Fill a Canvas gradebook; returns what is in the column, too."""
    done = made("canvas", order(students, template=_template(folder, HEADER, *(rows or (ANN, BO)))))
    return done, [row[5] for row in importers.read(done.data)[1:]]


def test_a_column_that_only_has_the_name_in_its_title_is_never_filled(tmp_path: Path) -> None:
    """It may be another assignment's, with marks in it: it is shown first, and asked for."""
    path = _template(tmp_path, HEADER.replace("HW1 SineNet", "SineNet essay"), ANN)
    with pytest.raises(UsageError, match=r"no column for .*: say which with --column, of 'SineNet essay \(4567\)'"):
        made("canvas", order([student(1, ids={"user": "1001"})], template=path))

    path = _template(tmp_path, HEADER.replace("HW1 SineNet", " SINENET "), ANN)
    done = made("canvas", order([student(1, ids={"user": "1001"})], template=path))
    assert b"jane,A,17,5.0" in done.data


def test_an_id_is_not_undone_by_a_name(tmp_path: Path) -> None:
    """Who is known by a name only gets none of the rows that ids have, and is told; in any order."""
    by_id = student(1, "x", 1.0, {"sid": "s1"})
    by_name = student(2, "Ann Smith", 2.0)
    for students in ([by_id, by_name], [by_name, by_id]):
        done, column = _filled(tmp_path, students)

        assert column == ["1", ""]
        assert {one.student.id: one.why for one in done.unplaced} == {
            "student_2": "the row with the name Ann Smith is found by id for student_1"
        }


def test_a_folder_is_told_and_gives_way_to_an_id(tmp_path: Path) -> None:
    """A folder `jane` may be another Jane than the one whose login is that."""
    folder = student(1, "jane", 1.0, student_id="jane")
    alone, column = _filled(tmp_path, [folder])
    beside, other = _filled(tmp_path, [folder, student(2, "x", 2.0, {"user": "1001"})])

    assert (column, other) == (["1", ""], ["2", ""])
    assert "found by folder name only: jane -> Smith, Ann." in alone.notes
    assert [one.why for one in beside.unplaced] == ["the row with the login jane is found by id for student_2"]
    assert not any(note.startswith("found by folder") for note in beside.notes)


@pytest.mark.parametrize(("name", "says"), [("blackboard", "Smith, Ann"), ("brightspace", "Ann Smith")])
def test_a_folder_is_told_whatever_the_platform(tmp_path: Path, name: str, says: str) -> None:
    """The note has the name that stands in the row."""
    title = {"blackboard": "Sinenet [Total Pts: 20 Score] |7", "brightspace": "Sinenet Points Grade"}[name]
    path = _template(tmp_path, f"Last Name,First Name,Username,{title}", "Smith,Ann,jane,")
    done = made(name, order([student(1, "jane", student_id="jane")], template=path))

    assert f"found by folder name only: jane -> {says}." in done.notes


def test_every_kind_of_id_is_tried(tmp_path: Path) -> None:
    """Gradescope knows sid and email: where one is not in the column, the other may be; addresses have no case."""
    done, column = _filled(tmp_path, [student(1, "x", 3.0, {"sid": "s9", "email": "Bo@Example.edu"})])

    assert (column, done.unplaced) == (["", "3"], ())


def test_an_id_like_a_formula_is_found(tmp_path: Path) -> None:
    """It is compared, not written: the template has it already."""
    rows = '"Öz, Bo",=7,-s2,+bo,A,,', '"Li, Di",8,@s3,=di,A,,'
    students = [student(1, "x", 1.0, {"sid": "-s2"}), student(2, "y", 2.0, {"login": "=di"})]

    assert _filled(tmp_path, students, *rows)[1] == ["1", "2"]
    assert _filled(tmp_path, [student(1, "x", 1.0, {"user": "=7"})], *rows)[1] == ["1", ""]
    assert made("canvas", order([student(1, ids={"user": "=7"})])).placed == ()


def test_two_ids_that_lead_to_two_rows_lead_to_none(tmp_path: Path) -> None:
    """One of the ids is somebody else's: neither row is filled, and both are named."""
    done, column = _filled(tmp_path, [student(1, "x", 3.0, {"sid": "s1", "email": "bo@example.edu"})])

    assert column == ["", ""]
    (left,) = done.unplaced
    assert "has a row with the" in left.why
    assert "s1" in left.why
    assert "bo@example.edu" in left.why
