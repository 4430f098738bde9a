"""Names as the platforms give them, and what is read in them."""

from __future__ import annotations

import pytest

from grader.intake import blackboard, brightspace, canvas, gradescope, moodle, nbgrader
from grader.intake.attempts import iso_time
from grader.intake.layouts import id_of
from grader.submission import MAX_ID_BYTES, MAX_ID_CHARS, safe_id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("doejane_1001_55501_hw1.py", canvas.Entry("doejane", "1001", False, "file", "55501", "hw1.py")),
        ("doejane_LATE_1001_55502_hw1-2.py", canvas.Entry("doejane", "1001", True, "file", "55502", "hw1-2.py")),
        ("doejane_late_1001_55502_hw1.py", canvas.Entry("doejane", "1001", True, "file", "55502", "hw1.py")),
        (
            "müllerzoë_1002_55503_my_net_v2.ipynb",
            canvas.Entry("müllerzoë", "1002", False, "file", "55503", "my_net_v2.ipynb"),
        ),
        ("doejane_1001_text.html", canvas.Entry("doejane", "1001", False, "text")),
        ("doejane_LATE_1001_link.html", canvas.Entry("doejane", "1001", True, "link")),
        ("doejane_1001_55501_text.html", canvas.Entry("doejane", "1001", False, "file", "55501", "text.html")),
        ("LATE_anon_Ab3dE_55504_hw1.py", canvas.Entry("anon", "Ab3dE", True, "file", "55504", "hw1.py")),
        ("anon_12345_55504_hw1.py", canvas.Entry("anon", "12345", False, "file", "55504", "hw1.py")),
        ("anon_Ab3dE_text.html", canvas.Entry("anon", "Ab3dE", False, "text")),
        ("doejane_1001_55501_1002_7_hw1.py", canvas.Entry("doejane", "1001", False, "file", "55501", "1002_7_hw1.py")),
        ("_1001_55501_1002_7_hw1.py", canvas.Entry("", "1001", False, "file", "55501", "1002_7_hw1.py")),
        ("a_1001_55501_b\n.py", canvas.Entry("a", "1001", False, "file", "55501", "b\n.py")),
        ("hw1.py", None),
        ("doejane_1001_hw1.py", None),
        ("doejane_\u0661\u0660_55501_hw1.py", None),
    ],
)
def test_names_of_canvas(name: str, expected: canvas.Entry | None) -> None:
    """The first two numbers are the user's and the attachment's; what follows is the student's to choose."""
    assert canvas.parse(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hw1.py", "hw1.py"),
        ("hw1-2.py", "hw1.py"),
        ("hw1-13.ipynb", None),
        ("hw2-1.py", None),
        ("hw-1.tar.gz", "hw.tar.gz"),
        ("hw1-b.py", None),
        ("part-2.py", "part-2.py"),
    ],
)
def test_a_number_of_canvas_is_cut_where_the_rest_is_expected(name: str, expected: str | None) -> None:
    """`hw1-2.py` is `hw1.py` handed in again only where that is what is expected, and not the former."""
    assert canvas.expected_name(name, {"hw1.py", "hw.tar.gz", "part-2.py", "part.py"}) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jane Doe_12345_assignsubmission_file", moodle.Entry("Jane Doe", "12345", "file")),
        ("Jane Doe_12345_assignsubmission_file_", moodle.Entry("Jane Doe", "12345", "file")),
        ("Jane Doe_12345_assignsubmission_file_hw1.py", moodle.Entry("Jane Doe", "12345", "file", "hw1.py")),
        ("Jane Doe_12345_assignsubmission_onlinetext", moodle.Entry("Jane Doe", "12345", "onlinetext")),
        ("Participant_12345_assignsubmission_file", moodle.Entry("Participant", "12345", "file")),
        ("Default group_assignsubmission_file", moodle.Entry("Default group", "", "file")),
        ("jdoe_Jane Doe_12345_assignsubmission_file", moodle.Entry("Jane Doe", "12345", "file", "", "jdoe")),
        (
            "Jane Doe_1_assignsubmission_pdf2_x_2_assignsubmission_file_y",
            moodle.Entry("Jane Doe", "1", "pdf2", "x_2_assignsubmission_file_y"),
        ),
        ("Jane Doe_12345", None),
    ],
)
def test_names_of_moodle(name: str, expected: moodle.Entry | None) -> None:
    """The participant stands before the first `_assignsubmission_`, the name before that, a site's prefix before it."""
    assert moodle.parse(name) == expected


@pytest.mark.parametrize(
    ("name", "item", "login", "file"),
    [
        ("HW_1_jdoe_attempt_2026-02-03-10-11-12_hw1.py", "HW_1", "jdoe", "hw1.py"),
        ("HW_1_jdoe_attempt_2026-02-03-10-11-12.txt", "HW_1", "jdoe", ""),
        (
            "HW_jdoe_attempt_2026-02-03-10-11-12_x_eve_attempt_2027-01-01-00-00-00_hw1.py",
            "HW",
            "jdoe",
            "x_eve_attempt_2027-01-01-00-00-00_hw1.py",
        ),
    ],
)
def test_names_of_blackboard(name: str, item: str, login: str, file: str) -> None:
    """Item and username stand before the first time; the file without another ending is the receipt."""
    entry = blackboard.parse(name)

    assert entry is not None
    assert (entry.item, entry.login, entry.file, entry.when) == (item, login, file, "2026-02-03T10:11:12")


@pytest.mark.parametrize(
    ("receipt", "expected"),
    [
        ("Name: Jane Doe (jdoe)\r\nAssignment: HW", blackboard.Person("Jane Doe", "jdoe")),
        ("\ufeffNaam: Jane (the) Doe (j_doe)\n", blackboard.Person("Jane (the) Doe", "j_doe")),
        ("Comments:\nName: Eve (eve)", None),
        ("", None),
    ],
)
def test_receipts_of_blackboard(receipt: str, expected: blackboard.Person | None) -> None:
    """The first line names the student, in any language; nothing below it does."""
    assert blackboard.person_of(receipt.encode()) == expected


@pytest.mark.parametrize(
    ("name", "ids", "person", "when"),
    [
        ("39786-640693 - Jane Doe - Oct 10, 2025 1022 AM", "39786-640693", "Jane Doe", "2025-10-10T10:22:00"),
        ("39786 - Doe - Jane - Jan 5, 2026 110 PM", "39786", "Doe - Jane", "2026-01-05T13:10:00"),
        ("1-2 - A - Jan 5, 2026 1205 AM", "1-2", "A", "2026-01-05T00:05:00"),
        ("1-2 - A - Jan 5, 2026 12:05 PM", "1-2", "A", "2026-01-05T12:05:00"),
        ("1-2 - A - Feb 31, 2026 905 AM", "1-2", "A", ""),
    ],
)
def test_names_of_brightspace(name: str, ids: str, person: str, when: str) -> None:
    """The last two digits of the time are its minutes, one or two numbers stand first, a name may hold a dash."""
    assert brightspace.parse(name) == brightspace.Entry(ids, person, when)


def test_names_of_nbgrader() -> None:
    """Students and assignments are folders; in the exchange they stand in one name."""
    assert nbgrader.parse_path("course/submitted/jdoe/hw1/hw1.ipynb") == ("jdoe", "hw1", "hw1.ipynb")
    assert nbgrader.parse_path("course/release/jdoe/hw1/hw1.ipynb") is None
    plain, random = "jdoe+hw1+2026-02-03 10:11:12.5 UTC", "jdoe+hw1+2026-02-03 10:11:12.5 UTC+aGk="
    assert nbgrader.parse_inbound(plain) == nbgrader.Work("jdoe", "hw1", time="2026-02-03 10:11:12.5 UTC")
    assert nbgrader.parse_inbound(random) == nbgrader.parse_inbound(plain)
    assert nbgrader.parse_inbound("jdoe+hw1") is None


def test_names_of_gradescope() -> None:
    """A submission's folder is known by its number; other keys of the metadata are none."""
    assert gradescope.parse("submission_900001") == "900001"
    assert gradescope.parse("123.pdf") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-02-02 14:58:23.948203 America/Los_Angeles", "2015-02-02T14:58:23.948203-08:00"),
        ("2015-02-02 14:58:23.948203 UTC\n", "2015-02-02T14:58:23.948203+00:00"),
        ("2026-02-03 10:11:12.000000000 -08:00", "2026-02-03T10:11:12-08:00"),
        ("2026-02-03 10:11:12 +0100", "2026-02-03T10:11:12+01:00"),
        ("2026-02-03 10:11:12", "2026-02-03T10:11:12"),
        ("2026-02-03 10:11:12 XYZ", "2026-02-03T10:11:12"),
        ("2026-02-03 10:11:12 ../../passwd", ""),
        ("2026-02-03 10:11:12 America", "2026-02-03T10:11:12"),
        ("2026-02-31 10:11:12", ""),
        ("yesterday", ""),
    ],
)
def test_times(text: str, expected: str) -> None:
    """A time is written as ISO 8601, with an offset where the zone is known; what is no time is empty."""
    assert iso_time(text) == expected


def test_an_id_holds_what_the_platform_knows_people_by() -> None:
    """However long the name, the number stays whole; what cannot stand in a file's name is told apart by a hash."""
    assert id_of("Jane Doe", "12345") == "Jane_Doe_12345"
    assert id_of("", "jdoe") == "jdoe"
    for name in ("x" * 300, "é" * 300, "\U0001d518" * 300, "…" * 300):
        made = id_of(name, "12345")
        assert made.endswith("_12345")
        assert safe_id(made) == made
        assert len(made) <= MAX_ID_CHARS
        assert len(made.encode()) <= MAX_ID_BYTES
    logins = ["a@b", "a_b", "a b", "-a", "con", "../a", "x" * 200, "x" * 201]
    ids = {id_of("", login) for login in logins}
    assert len(ids) == len(logins)
    assert {safe_id(one) for one in ids} == ids
