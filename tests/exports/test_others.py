"""Blackboard, Brightspace, nbgrader and the plain table, taken back by the rules of each."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.handin import Handin
from tests.exports import importers
from tests.exports.makers import NASTY, made, nasty_class, order, student

BLACKBOARD = (
    '"Last Name","First Name","Username","Student ID","Availability","Weighted Total [Total Pts: up to 10 Score] |1",'
    '"HW1 SineNet [Total Pts: 20 Score] |1281892","HW2 [Total Pts: 10 Score] |1281893"'
)
BRIGHTSPACE = (
    "OrgDefinedId,Username,Last Name,First Name,Email,HW1 SineNet Points Grade <Numeric MaxPoints:20 Weight:5>,"
    "HW2 Points Grade <Numeric MaxPoints:10 Weight:5>,End-of-Line Indicator"
)


def _file(folder: Path, *rows: str, codec: str = "utf-8-sig") -> Path:
    path = folder / "export.csv"
    path.write_bytes("\r\n".join([*rows, ""]).encode(codec))
    return path


def test_blackboard_takes_a_new_file() -> None:
    """A BOM, every cell quoted, the username: each student gets a score in a new column."""
    students = nasty_class("login")
    done = made("blackboard", order(students))
    taken = importers.blackboard(done.data, [one.ids["login"] for one in students], {})

    assert taken == {(one.ids["login"], "new: HW1 SineNet"): f"{at + 0.5}" for at, one in enumerate(students)}
    assert [row for row in importers.read(done.data) if any(map(importers.looks_like_a_formula, row))] == []


def test_blackboard_takes_its_own_file_filled_in(tmp_path: Path) -> None:
    """The column is found by the title and kept with its number; computed ones are no candidates."""
    path = _file(
        tmp_path,
        BLACKBOARD,
        '"Doe","Jane","jdoe","1001","Yes","","","5"',
        '"Müller","Zoë","zoe","1002","Yes","","3",""',
    )
    students = [student(1, "?", ids={"login": "jdoe"}), student(2, ids={"login": "gone"}), student(3, ids={"sid": "9"})]
    done = made("blackboard", order(students, template=path))
    columns = {"1": "Total", "1281892": "HW1", "1281893": "HW2"}
    taken = importers.blackboard(done.data, ["jdoe", "zoe"], columns)

    assert done.data == path.read_bytes().replace(b'"Yes","","","5"', b'"Yes","","17","5"')
    assert (taken["jdoe", "HW1"], taken["zoe", "HW1"]) == ("17", "3")
    assert {one.student.id: one.why for one in done.unplaced} == {
        "student_2": "export.csv has no row with the username gone",
        "student_3": "export.csv has no row with the student id 9",
    }
    assert "1 row of export.csv got nothing: zoe." in done.notes
    with pytest.raises(UsageError, match=r"of 'HW1 SineNet \[Total Pts: 20 Score\] \|1281892', 'HW2"):
        made("blackboard", order(students, template=path, title="x", column="Weighted Total"))


def test_blackboard_takes_its_own_table_in_utf_16(tmp_path: Path) -> None:
    """The download for Excel is UTF-16 with tabs, and stays that."""
    text = "Last Name\tFirst Name\tUsername\tHW1 SineNet [Total Pts: 20 Score] |7\r\nDoe\tJane\tjdoe\t\r\n"
    path = tmp_path / "export.xls"
    path.write_bytes(codecs.BOM_UTF16_LE + text.encode("utf-16-le"))
    done = made("blackboard", order([student(1, ids={"login": "jdoe"})], template=path))

    assert done.data == codecs.BOM_UTF16_LE + text.replace("jdoe\t", "jdoe\t17").encode("utf-16-le")


def test_brightspace_takes_a_new_file() -> None:
    """The key first with its sign, the item's title, the end of each line."""
    students = nasty_class("sid")
    done = made("brightspace", order(students))
    taken = importers.brightspace(done.data, [one.ids["sid"] for one in students])
    named = made("brightspace", order([student(1, ids={"login": "jdoe"})], column="HW1 Points Grade"))

    assert taken == {(one.ids["sid"], "HW1 SineNet"): f"{at + 0.5}" for at, one in enumerate(students)}
    assert importers.brightspace(named.data, [], ["jdoe"]) == {("jdoe", "HW1"): "17"}


def test_brightspace_takes_its_own_file_filled_in(tmp_path: Path) -> None:
    """By id, login or address, by name only where nothing better is known and the name is the only one."""
    people = [
        ("1001", "jdoe", "Doe", "Jane"),
        ("1002", "zoe", "Müller", "Zoë"),
        ("1003", "sam", "Same", "Sam"),
        ("1004", "sam2", "Same", "Sam"),
        ("1005", "bo", "Bo", ""),
    ]
    rows = [f"#{org},#{user},{last},{first},{user}@example.edu,,,#" for org, user, last, first in people]
    path = _file(tmp_path, BRIGHTSPACE, *rows, codec="utf-8")
    students = [
        student(1, "jane doe", 1.0, {"user": "39786", "submission": "640693"}),
        student(2, "x", 2.0, {"sid": "1002"}),
        student(3, "Sam Same", 3.0, {"user": "39787"}),
        student(4, "Jane Doe", 4.0, {"sid": "9"}),
        student(5, "y", 5.0, {"email": "bo@example.edu"}),
    ]
    done = made("brightspace", order(students, template=path))
    taken = importers.brightspace(done.data, [org for org, *_ in people])

    assert [taken[org, "HW1 SineNet"] for org, *_ in people] == ["1", "2", "", "", "5"]
    assert {one.student.id: one.why for one in done.unplaced} == {
        "student_3": "export.csv has several rows with the name Sam Same",
        "student_4": "export.csv has no row with the OrgDefinedId 9",
    }
    assert "2 rows of export.csv got nothing: Sam Same; Sam Same." in done.notes


@pytest.mark.parametrize("name", ["blackboard", "brightspace"])
def test_an_unknown_mark_is_an_empty_cell(tmp_path: Path, name: str) -> None:
    """Not graded is never 0, and 0 is 0."""
    ids = [{"login": "jdoe"}, {"login": "zoe"}]
    students = [student(1, ids=ids[0], points=None), student(2, ids=ids[1], points=0.0)]
    path = {
        "blackboard": _file(tmp_path, BLACKBOARD, '"","","jdoe","","","","",""', '"","","zoe","","","","",""'),
        "brightspace": None,
    }[name]
    for template in (None, path):
        done = made(name, order(students, template=template))
        rows = importers.read(done.data)
        column = next(at for at, head in enumerate(rows[0]) if head.startswith("HW1"))

        assert [row[column] for row in rows[1:]] == ["", "0"]
        assert ("no mark is known yet, so the cell is empty, of student_1." in done.notes) == (template is None)


@pytest.mark.parametrize("name", ["blackboard", "brightspace"])
def test_an_unknown_mark_leaves_the_cell_of_a_template(tmp_path: Path, name: str) -> None:
    """What stands there may be a person's mark: it stays to the byte, and the student is told."""
    rows = {
        "blackboard": (BLACKBOARD, '"","","jdoe","","","","9.50","x"', '"","","zoe","","","","",""'),
        "brightspace": (BRIGHTSPACE, "#1,jdoe,,,,9.50,x,#", "#2,zoe,,,,,,#"),
    }[name]
    path = _file(tmp_path, *rows)
    students = [student(1, ids={"login": "jdoe"}, points=None), student(2, ids={"login": "zoe"}, points=3.0)]
    done = made(name, order(students, template=path))

    assert done.data.splitlines()[:2] == path.read_bytes().splitlines()[:2]
    assert done.placed == (students[1],)
    assert [(one.student.id, one.why) for one in done.unplaced] == [
        ("student_1", "no mark is known yet, so the cell is left as it was")
    ]


def test_an_id_that_a_spreadsheet_would_run_is_not_written() -> None:
    """An id must not be changed, so such a one is told instead."""
    done = made("blackboard", order([student(1, ids={"login": "=1+1"}), student(2, ids={"login": "ann"})]))

    assert [(one.student.id, one.why) for one in done.unplaced] == [("student_1", "no username is known")]
    assert b"=1+1" not in done.data


def test_nbgrader_needs_no_quotes() -> None:
    """Every line has its columns, whatever the names; no cell is a formula."""
    students = nasty_class("login")
    rows = importers.nbgrader(made("nbgrader", order(students)).data)

    assert [row["student_id"] for row in rows] == [one.ids["login"] for one in students]
    assert [row["score"] for row in rows] == [f"{at + 0.5}" for at in range(len(NASTY))]
    assert [row for row in rows if any(map(importers.looks_like_a_formula, row.values()))] == []
    assert (rows[0]["last_name"], rows[0]["first_name"]) == ("Doe", "Jane")


def test_nbgrader_tells_score_penalty_and_time() -> None:
    """Times are UTC without saying so; what is not graded is empty and told."""
    late = student(
        1, ids={}, points=15.0, score=17.0, penalty=2.0, handin=Handin(submitted_at="2026-03-03T10:00:00+01:00")
    )
    done = made("nbgrader", order([late, student(2, points=None, score=None)]))
    first, second = importers.nbgrader(done.data)

    assert first["timestamp"] == "2026-03-03 09:00:00"
    assert [first[key] for key in ("raw_score", "late_submission_penalty", "score", "max_score")] == [
        "17", "2", "15", "20",
    ]  # fmt: skip
    assert [second[key] for key in ("timestamp", "raw_score", "late_submission_penalty", "score")] == [""] * 4
    assert done.notes == ("no mark is known yet, so the cell is empty, of student_2.",)


def test_the_plain_table_tells_all_that_is_known() -> None:
    """One row a student, one column a kind of id, the mark beside the score and why they differ."""
    students = [
        student(1, ids={"user": "1001"}, points=15.0, score=17.0, penalty=2.0, why="late", attempt=3, late=True),
        student(2, "=cmd", None, {"login": "-x"}),
    ]  # fmt: skip
    done = made("csv", order(students))

    assert importers.read(done.data) == [
        ["id", "name", "lms_login", "lms_user", "late", "attempt", "score", "mark", "max", "penalty", "status", "why"],
        ["student_1", "Doe, Jane", "", "1001", "yes", "3", "17", "15", "20", "2", "graded", "late"],
        ["student_2", "'=cmd", "'-x", "", "", "1", "", "", "20", "", "graded", ""],
    ]
    assert done.placed == tuple(students)


@pytest.mark.parametrize(
    "when", ["0001-01-01 00:00:00 +14:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "x"]
)
def test_a_time_that_utc_has_not_is_left_out(when: str) -> None:
    """One odd time of one student is no reason to give nobody a file."""
    done = made("nbgrader", order([student(1, handin=Handin(submitted_at=when)), student(2)]))

    assert [(row["timestamp"], row["score"]) for row in importers.nbgrader(done.data)] == [("", "17"), ("", "17")]


@pytest.mark.parametrize("login", [",=cmd|' /C calc'!A0", "\x00,=1", ' ,\u200b, "@x', ",\ufeff-1", "\u202e,+1", ',"=1'])
def test_what_is_a_formula_without_its_comma_is_harmless(login: str) -> None:
    """What shifts the columns goes first, and what is left is judged."""
    one = student(1, f"{login}, {login}", ids={"login": login, "email": login})
    row = importers.nbgrader(made("nbgrader", order([one])).data)[0]

    assert [value for value in row.values() if importers.looks_like_a_formula(value)] == []
    assert row["score"] == "17"
