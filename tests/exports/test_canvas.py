"""The Canvas gradebook and the pages, taken back by the rules of Canvas."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from grader.errors import UsageError
from tests.exports import importers
from tests.exports.makers import NASTY, made, nasty_class, order, pages, student

HEADER = "Student,ID,SIS User ID,SIS Login ID,Section,HW1 SineNet (4567),HW2 (4568),Current Score,Final Score"
POINTS = "    Points Possible,,,,,20.0,10.0,(read only),(read only)"
ROWS = [
    '"Doe, Jane",1001,s1,jdoe,CS 101-A,,5.0,91.00,17.00',
    '"Müller, Zoë",1002,s2,zoe,"CS ""101"" B",,,,',
    '"Student, Test",1009,,t,CS 101-A,,,,',
]


def _template(folder: Path, text: str = "\n".join([HEADER, POINTS, *ROWS, ""]), codec: str = "utf-8") -> Path:
    path = folder / "gradebook.csv"
    path.write_bytes(text.encode(codec))
    return path


def test_a_new_gradebook_imports_whatever_the_names_are() -> None:
    """Every student is found by the user id, the assignment is new with its points, and no name is a formula."""
    students = nasty_class("user")
    done = made("canvas", order(students))
    users = {1001 + at: f"user {at}" for at in range(len(NASTY))}
    taken = importers.canvas(done.data, users, {})

    assert taken.scores == {(1001 + at, "HW1 SineNet"): f"{at + 0.5}" for at in range(len(NASTY))}
    assert (taken.new_students, taken.new_assignments) == ([], ["HW1 SineNet"])
    assert taken.possible == {"HW1 SineNet": "20"}
    assert [row[0] for row in importers.read(done.data) if importers.looks_like_a_formula(row[0])] == []
    assert done.placed == students


def test_a_new_gradebook_hits_an_assignment_by_its_number() -> None:
    """With --column the title carries the number that Canvas looks for."""
    done = made("canvas", order([student(1, ids={"user": "1001"})], column="HW1 (4567)"))

    assert importers.canvas(done.data, {1001: ""}, {4567: "HW1 Autograd"}).scores == {(1001, "HW1 Autograd"): "17"}


def test_a_new_gradebook_erases_no_mark_that_canvas_has() -> None:
    """Where the column is one that Canvas has, who has no mark yet is left out: an empty cell would erase."""
    students = [student(1, ids={"user": "1001"}), student(2, "Roe", None, ids={"user": "1002"})]

    done = made("canvas", order(students, column="HW1 (4567)"))

    assert [row[1] for row in importers.read(done.data)[2:]] == ["1001"]
    assert [(one.student.id, one.why) for one in done.unplaced] == [("student_2", "no mark is known yet")]


def test_a_name_cannot_pass_for_the_row_of_points() -> None:
    """Canvas reads a row whose first cell holds `Points Possible` as the maxima."""
    done = made("canvas", order([student(1, "Points Possible Jones", ids={"user": "1001"})]))

    assert importers.canvas(done.data, {1001: ""}, {}).scores == {(1001, "HW1 SineNet"): "17"}


def test_a_title_that_canvas_does_not_read_is_refused() -> None:
    """A column called like one of Canvas' own would be left out without a word."""
    with pytest.raises(UsageError, match="does not read a column called 'Final Score of x'"):
        made("canvas", order([student(1, ids={"user": "1001"})], title="Final Score of x"))


@pytest.mark.parametrize("points", [None, float("nan"), float("inf")])
def test_an_unknown_mark_is_an_empty_cell_and_is_told(tmp_path: Path, points: float | None) -> None:
    """Not graded is never 0, and 0 is 0."""
    students = [student(1, ids={"user": "1001"}, points=points), student(2, ids={"user": "1002"}, points=0.0)]
    for template in (None, _template(tmp_path)):
        done = made("canvas", order(students, template=template))
        scores = importers.canvas(done.data, {1001: "", 1002: ""}, {4567: "HW1"}).scores
        values = [value for (_, title), value in scores.items() if title.startswith("HW1")]

        assert values[:2] == ["", "0"]
        assert ("no mark is known yet, so the cell is empty, of student_1." in done.notes) == (template is None)


def test_an_unknown_mark_leaves_the_cell_of_a_template(tmp_path: Path) -> None:
    """What stands there may be a person's mark: it stays to the byte, and the student is told."""
    path = _template(tmp_path, "\n".join([HEADER, POINTS, ROWS[0].replace("-A,,", "-A,9.50,"), ROWS[1]]))
    students = [student(1, ids={"user": "1001"}, points=None), student(2, ids={"user": "1002"})]
    done = made("canvas", order(students, template=path))

    assert b"CS 101-A,9.50,5.0" in done.data
    assert done.placed == (students[1],)
    assert [one.why for one in done.unplaced] == ["no mark is known yet, so the cell is left as it was"]


def test_of_a_template_only_the_column_is_filled(tmp_path: Path) -> None:
    """Every other cell stays as it is, and who got nothing is told."""
    path = _template(tmp_path)
    done = made("canvas", order([student(1, ids={"user": "1001"}, points=16.12345)], template=path))

    assert done.data.decode() == path.read_bytes().decode().replace("CS 101-A,,5.0", "CS 101-A,16.1234,5.0")
    assert done.notes == (
        "filled the column 'HW1 SineNet (4567)'.",
        "2 rows of gradebook.csv got nothing: Müller, Zoë; Student, Test.",
    )


def test_a_template_with_bom_semicolons_and_decimal_commas_stays_so(tmp_path: Path) -> None:
    """Canvas finds the delimiter itself, and takes a decimal comma."""
    text = "\r\n".join(
        [
            "Student;ID;Section;HW1 SineNet (4567);HW2 (4568)",
            ";;;Manual Posting;",
            "    Points Possible;;;20,00;10,00",
            "Doe, Jane;1001;A;;5,00",
            "",
        ]
    )
    path = _template(tmp_path, text, "utf-8-sig")
    done = made("canvas", order([student(1, ids={"user": "1001"}, points=16.5)], template=path))

    assert done.data == path.read_bytes().replace(b";A;;", b";A;16,5;")
    assert done.notes == ("filled the column 'HW1 SineNet (4567)'.",)
    assert importers.canvas(done.data, {1001: ""}, {4567: "HW1", 4568: "HW2"}).scores[1001, "HW1"] == "16.5"


def test_students_are_found_in_the_order_of_canvas(tmp_path: Path) -> None:
    """By user id, else SIS id, else login, else the one row of that name; never by name where an id is known."""
    students = [
        student(1, "x", 1.0, {"user": "1001"}),
        student(2, "y", 2.0, {"login": "zoe"}),
        student(3, "Test Student", 3.0),
        student(4, "Student, Test", 4.0, {"user": "1004"}),
    ]
    done = made("canvas", order(students, template=_template(tmp_path)))
    taken = importers.canvas(done.data, {1001: "", 1002: "", 1009: ""}, {4567: "HW1", 4568: "HW2"})

    assert [taken.scores[user, "HW1"] for user in (1001, 1002, 1009)] == ["1", "2", "3"]
    assert [(one.student.id, one.why) for one in done.unplaced] == [
        ("student_4", "gradebook.csv has no row with the Canvas user id 1004")
    ]


def test_a_number_of_another_platform_is_no_user_of_canvas(tmp_path: Path) -> None:
    """Brightspace knows people by numbers too, and one of them may be somebody else's here."""
    one = student(1, "x", ids={"user": "1001", "submission": "3"}, layout="brightspace")
    done = made("canvas", order([one], template=_template(tmp_path)))

    assert done.data == _template(tmp_path).read_bytes()
    assert [one.why for one in done.unplaced] == ["gradebook.csv has no row with the name x"]


def test_a_class_in_plain_folders_is_found_by_login(tmp_path: Path) -> None:
    """A folder that is called as a login is that student's."""
    done = made("canvas", order([student(1, "jdoe", 5.0, student_id="jdoe")], template=_template(tmp_path)))

    assert b'"Doe, Jane",1001,s1,jdoe,CS 101-A,5,' in done.data


def test_two_of_one_name_or_one_id_are_nobody(tmp_path: Path) -> None:
    """Where two students claim a row, or two rows fit a student, nothing is guessed."""
    twice = ROWS[0].replace("1001,s1,jdoe", "1003,s3,jdoe3")
    path = _template(tmp_path, "\n".join([HEADER, POINTS, *ROWS, twice]))
    students = [
        student(1, "Jane Doe"),
        student(2, "b", ids={"user": "1002"}),
        student(3, "c", ids={"user": "1002"}),
    ]
    done = made("canvas", order(students, template=path))
    new = made("canvas", order(students))

    assert done.data == path.read_bytes()
    assert {one.student.id: one.why for one in done.unplaced} == {
        "student_1": "gradebook.csv has several rows with the name Jane Doe",
        "student_2": "one row of gradebook.csv (row 4) fits student_2, student_3",
        "student_3": "one row of gradebook.csv (row 4) fits student_2, student_3",
    }
    assert {one.student.id: one.why for one in new.unplaced} == {
        "student_1": "no Canvas user id is known",
        "student_2": "student_3 has the same Canvas user id, 1002",
        "student_3": "student_2 has the same Canvas user id, 1002",
    }


def test_who_is_excused_stays_so(tmp_path: Path) -> None:
    """`EX` in the column is a person's decision."""
    path = _template(tmp_path, "\n".join([HEADER, POINTS, ROWS[0].replace("-A,,", "-A,ex,")]))
    done = made("canvas", order([student(1, ids={"user": "1001"})], template=path))

    assert done.data == path.read_bytes()
    assert [one.why for one in done.unplaced] == ["Canvas has them excused (EX)"]


def test_another_maximum_is_told(tmp_path: Path) -> None:
    """Marks are not rescaled, but staff hear that Canvas counts otherwise."""
    path = _template(tmp_path, "\n".join([HEADER, POINTS.replace("20.0", "100.0"), *ROWS]))
    done = made("canvas", order([student(1, ids={"user": "1001"})], template=path))

    assert "the marks are out of 20, and Canvas says 100: they are written as they are." in done.notes


@pytest.mark.parametrize(
    ("title", "column", "words"),
    [
        (
            "Autograd",
            None,
            "no column for 'Autograd' (sinenet): say which with --column, of 'HW1', 'HW1 SineNet (4567)'",
        ),
        ("HW1", "HW3", "no column 'HW3' to fill: say which with --column, of 'HW1', 'HW1 SineNet (4567)'"),
        ("HW1", "Final Score", "no column 'Final Score' to fill"),
    ],
)
def test_a_column_that_is_not_clear_is_asked_for(tmp_path: Path, title: str, column: str | None, words: str) -> None:
    """One sentence lists the candidates; Canvas' own columns are none."""
    heads = HEADER.replace("Section,", "Section,HW1,")
    path = _template(tmp_path, heads.replace("SineNet", "Perceptron" if title == "Autograd" else "SineNet"))
    with pytest.raises(UsageError) as raised:
        made("canvas", order([student(1)], template=path, title=title, column=column))

    assert words.replace("SineNet", "Perceptron" if title == "Autograd" else "SineNet") in str(raised.value)


def test_columns_in_several_are_asked_for(tmp_path: Path) -> None:
    """Two columns that fit are no better than none; the number tells them apart."""
    path = _template(tmp_path, HEADER.replace("HW2", "SineNet"))
    with pytest.raises(UsageError, match=r"has several columns for .*'HW1 SineNet \(4567\)', 'SineNet \(4568\)'"):
        made("canvas", order([student(1)], template=path))

    path = _template(tmp_path, "\n".join([HEADER.replace("HW2", "HW1 SineNet"), POINTS, *ROWS]))
    done = made("canvas", order([student(1, ids={"user": "1001"})], template=path, column="HW1 SineNet (4568)"))
    assert b"CS 101-A,,17,91.00" in done.data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04", "is no CSV"),
        (b"a,b\n\xff,1\n", "is not in UTF-8"),
        (b'"a,b\n1,2\n', "is no table"),
        (b"", "is no table"),
        (b"Name,Points\nx,1\n", "is no Canvas gradebook"),
    ],
)
def test_what_is_no_gradebook_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    """One sentence says what is wrong with a template."""
    path = tmp_path / "gradebook.csv"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=words):
        made("canvas", order([student(1)], template=path))
    with pytest.raises(UsageError, match="No such file"):
        made("canvas", order([student(1)], template=tmp_path / "none.csv"))


def test_pages_come_back_to_whose_file_it_was(tmp_path: Path) -> None:
    """Canvas reads user and attachment from each name, whatever the students are called."""
    names = ["doejane", "2024", "a_12_34_b", "link", "LATE", "anon", "../../etc", "山田太郎"]
    students = [
        student(at, name, ids={"user": f"{1001 + at}", "attachment": f"{55501 + at}"}) for at, name in enumerate(names)
    ]
    anonymous = student(20, "anon Ab3dE", ids={"anonymous": "Ab3dE", "attachment": "55600"})
    pages(tmp_path, [*students, anonymous])
    done = made("canvas-feedback", order([*students, anonymous], tmp_path))
    attachments = {55501 + at: 1001 + at for at in range(len(names))} | {55600: 77}
    taken = importers.canvas_pages(done.data, attachments, {"Ab3dE": 77})

    assert taken == {1001 + at: f"<p>student_{at}</p>".encode() for at in range(len(names))} | {
        77: b"<p>student_20</p>"
    }
    assert done.data == made("canvas-feedback", order([*students, anonymous], tmp_path)).data


def test_whose_page_canvas_cannot_take_is_told(tmp_path: Path) -> None:
    """No file, no id, no page: each is said, and the rest goes on."""
    students = [
        student(1, ids={"user": "1001", "attachment": "1"}),
        student(2, ids={"user": "1002"}),
        student(3),
        student(4, ids={"user": "1004", "attachment": "4"}),
        student(5, ids={"user": "5_5", "attachment": "5"}),
    ]
    pages(tmp_path, students[:3])
    done = made("canvas-feedback", order(students, tmp_path))

    assert [one.id for one in done.placed] == ["student_1"]
    assert sorted((one.student.id, one.why.split(" is ")[0].split("/")[0]) for one in done.unplaced) == [
        ("student_2", "nothing was handed in as a file, and Canvas hands a page out only beside one"),
        ("student_3", "no Canvas user id"),
        ("student_4", "there"),
        ("student_5", "nothing was handed in as a file, and Canvas hands a page out only beside one"),
    ]


def test_the_python_reader_sees_the_same_cells(tmp_path: Path) -> None:
    """Quotes, newlines and blank rows of a template are read back as they were."""
    odd = [HEADER, POINTS, '"Doe\nJane ""J""",1001,s1,jdoe,"A;B",,"x,y",,', "", '"Roe, R" ,1002,,,B,"",,,']
    path = _template(tmp_path, "\r\n".join(odd))
    done = made("canvas", order([student(1, ids={"user": "1002"})], template=path))
    before, after = (
        list(csv.reader(io.StringIO(data.decode(), newline=""))) for data in (path.read_bytes(), done.data)
    )
    before[4][5] = "17"

    assert after == before
