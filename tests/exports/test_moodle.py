"""The grading worksheet and the feedback zip, taken back by the rules of Moodle."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UsageError
from tests.exports import importers
from tests.exports.makers import NASTY, made, nasty_class, order, pages, student

HEADER = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments"
)
WHEN = '"Tuesday, 3 March 2026, 10:00 AM"'


def _row(number: int, name: str = "Jane Doe", grade: str = "", comment: str = "", *, open_: str = "Yes") -> str:
    return (
        f"Participant {number},{name},p{number}@example.edu,Submitted for grading,{grade},20.00,{open_},"
        f"{WHEN},-,{comment}"
    )


def _worksheet(folder: Path, *rows: str, header: str = HEADER, codec: str = "utf-8") -> Path:
    path = folder / "worksheet.csv"
    path.write_bytes("\r\n".join([header, *rows, ""]).encode(codec))
    return path


def test_a_worksheet_goes_round(tmp_path: Path) -> None:
    """Each participant gets grade and comment, whatever the name; all else is what Moodle wrote."""
    students = nasty_class("participant", start=12001)
    quoted = [name.replace('"', '""') for name in NASTY]
    path = _worksheet(tmp_path, *(_row(12001 + at, f'"{name}"') for at, name in enumerate(quoted)))
    done = made("moodle", order(students, template=path))
    taken = importers.moodle(done.data, range(12001, 12100), 20)
    before, after = importers.read(path.read_bytes()), importers.read(done.data)

    assert taken == {
        12001 + at: (at + 0.5, f"<p>Automatic checks: {at + 0.5} of 20 points.</p>") for at in range(len(NASTY))
    }
    assert [row[:4] + row[5:9] for row in after] == [row[:4] + row[5:9] for row in before]
    assert (done.unplaced, done.notes) == ((), ())


def test_a_worksheet_has_to_be_given() -> None:
    """Moodle's times and titles cannot be made up."""
    with pytest.raises(UsageError, match="download it in Moodle, and give it with --template"):
        made("moodle", order([student(1)]))


def test_a_comment_says_why_the_mark_is_not_the_score(tmp_path: Path) -> None:
    """What policy did, and why no check ran, stand in the comment, as HTML."""
    path = _worksheet(tmp_path, _row(1), _row(2))
    late = student(1, ids={"participant": "1"}, why="2 days late: <10 % a day>.", penalty=2.0)
    broken = student(2, ids={"participant": "2"}, points=0.0, status="import_error")
    taken = importers.moodle(made("moodle", order([late, broken], template=path)).data, {1, 2}, 20)

    assert taken == {
        1: (17.0, "<p>Automatic checks: 17 of 20 points.</p><p>2 days late: &lt;10 % a day&gt;.</p>"),
        2: (
            0.0,
            "<p>Automatic checks: 0 of 20 points.</p><p>Your file could not be imported, so no check could run.</p>",
        ),
    }


def test_what_a_person_wrote_is_kept(tmp_path: Path) -> None:
    """A comment of ours is replaced, another is not, and that is told."""
    path = _worksheet(
        tmp_path, _row(1, comment="<p>Well done!</p>"), _row(2, comment="<p>Automatic checks: 3 of 20 points.</p>")
    )
    students = [student(at, ids={"participant": f"{at}"}) for at in (1, 2)]
    done = made("moodle", order(students, template=path))
    taken = importers.moodle(done.data, {1, 2}, 20)

    assert [comment for _, comment in taken.values()] == [
        "<p>Well done!</p>",
        "<p>Automatic checks: 17 of 20 points.</p>",
    ]
    assert "a person's comment is kept for student_1." in done.notes


@pytest.mark.parametrize("points", [None, float("nan")])
@pytest.mark.parametrize("grade", ["", "9.50"])
def test_an_unknown_mark_leaves_the_grade(tmp_path: Path, points: float | None, grade: str) -> None:
    """Neither grade nor comment is written; a grade that is there stays, and the student is told."""
    path = _worksheet(tmp_path, _row(1, grade=grade))
    done = made("moodle", order([student(1, ids={"participant": "1"}, points=points)], template=path))

    assert done.data == path.read_bytes()
    assert done.placed == ()
    assert [one.why for one in done.unplaced] == ["no mark is known yet, so the cell is left as it was"]


def test_what_moodle_would_skip_is_told(tmp_path: Path) -> None:
    """A grade above the maximum, a locked one, a participant who is not there, a row with nobody."""
    path = _worksheet(tmp_path, _row(1), _row(2, open_="No"), _row(5))
    students = [
        student(1, ids={"participant": "1"}, points=20.5),
        student(2, ids={"participant": "2"}),
        student(3, ids={"participant": "3"}),
        student(4),
    ]
    done = made("moodle", order(students, template=path))

    assert done.data == path.read_bytes()
    assert {one.student.id: one.why for one in done.unplaced} == {
        "student_1": "Moodle takes at most 20, and the mark is 20.5",
        "student_2": "Moodle has locked the grade",
        "student_3": "worksheet.csv has no row with the participant 3",
        "student_4": "no id is known that worksheet.csv has",
    }
    assert done.notes == ("1 row of worksheet.csv got nothing: Participant 5.",)


def test_the_number_of_a_group_is_nobodys(tmp_path: Path) -> None:
    """A group hands in under the group's number, which may be some participant's."""
    path = _worksheet(tmp_path, _row(1), _row(2))
    students = [
        student(1, "Group A", ids={"participant": "1"}),
        student(2, "Participant 2", ids={"participant": "2"}),
    ]
    done = made("moodle", order(students, template=path))

    assert list(importers.moodle(done.data, {1, 2}, 20)) == [2]
    assert [one.why for one in done.unplaced] == [
        "that participant is Jane Doe in worksheet.csv: in a group assignment the numbers are of groups"
    ]


def test_a_worksheet_in_another_language_takes_the_title(tmp_path: Path) -> None:
    """Titles are translated: the participant is still found, and --column says which column is the grade."""
    header = "ID;Vollständiger Name;Bewertung;Bestwertung;Zuletzt geändert (Bewertung)"
    rows = ["Teilnehmer/in12345;Zoë Müller;;20,00;-", "Teilnehmer/in7;Bo;3,00;20,00;-"]
    path = _worksheet(tmp_path, *rows, header=header, codec="utf-8-sig")
    students = [student(1, ids={"participant": "12345"}, points=12.25)]
    with pytest.raises(UsageError, match=r"say which with --column, of 'ID', .*'Bewertung'"):
        made("moodle", order(students, template=path))
    done = made("moodle", order(students, template=path, column="Bewertung"))

    assert done.data == path.read_bytes().replace("Müller;;".encode(), "Müller;12,25;".encode())
    assert importers.moodle(
        done.data, {7, 12345}, 20, delimiter=";", header=(header.split(";")[0], "Bewertung", header.split(";")[4]),
        word="Teilnehmer/in",
    ) == {12345: (12.25, ""), 7: (3.0, "")}  # fmt: skip
    assert "worksheet.csv has no column 'Feedback comments', so no comment is filled in." in done.notes


def test_what_is_no_worksheet_is_refused(tmp_path: Path) -> None:
    """One sentence says so."""
    path = _worksheet(tmp_path, "Jane Doe,3", header="Name,Grade")
    with pytest.raises(UsageError, match="is no grading worksheet of Moodle"):
        made("moodle", order([student(1)], template=path))


@pytest.mark.parametrize("old", [False, True])
def test_pages_come_back_to_the_participants(tmp_path: Path, *, old: bool) -> None:
    """Old and new versions find participant and page in each name, whatever the students are called."""
    students = [
        *nasty_class("participant", start=12001),
        student(50, "a_1_b", ids={"participant": "12051"}),
        student(51, "../..", ids={"participant": "12052"}),
        student(52, "Participant 12053", ids={"participant": "12053"}),
    ]
    pages(tmp_path, students)
    done = made("moodle-feedback", order(students, tmp_path))
    taken = importers.moodle_pages(done.data, range(12001, 12100), old=old)

    assert taken == {int(one.ids["participant"]): {"feedback.html": f"<p>{one.id}</p>".encode()} for one in students}
    assert done.data == made("moodle-feedback", order(students, tmp_path)).data


def test_whose_page_moodle_cannot_take_is_told(tmp_path: Path) -> None:
    """No participant, no page: each is said, and the rest goes on."""
    students = [student(1, ids={"participant": "1"}), student(2, ids={"participant": "2"}), student(3)]
    pages(tmp_path, students[:1])
    done = made("moodle-feedback", order(students, tmp_path))

    assert [one.id for one in done.placed] == ["student_1"]
    assert {one.student.id for one in done.unplaced} == {"student_2", "student_3"}
