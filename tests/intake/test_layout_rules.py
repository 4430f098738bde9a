"""Who is who in a download from each platform, and what becomes of what was handed in twice, late or as a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from grader.errors import UsageError
from tests import layouts
from tests.intake.found import Found, found
from tests.intake.makers import zipped
from tests.layouts import WHEN, Person, laid, packed

JANE = Person("Jane", "Doe", 1001, "jdoe", {"hw1.py": b"jane"})
ZOE = Person("Zoë", "O'Müller, Jr.", 1002, "zoe_m", {"hw1.ipynb": b'{"cells": []}', "data/points.csv": b"1,2"})
OTHER_JANE = Person("Jane", "Doe", 1003, "jdoe2", {"hw1.py": b"other"})
PEOPLE = [JANE, ZOE, OTHER_JANE]
FLAT = [
    replace(person, files={name.replace("/", "-"): data for name, data in person.files.items()}) for person in PEOPLE
]
"""Platforms that know no folders."""

CLASSES: dict[str, tuple[str, Mapping[str, bytes], set[str]]] = {
    "canvas": ("canvas", layouts.canvas(FLAT), {"doejane_1001", "omüllerjrzoë_1002", "doejane_1003"}),
    "canvas anonymous": ("canvas", layouts.canvas([JANE], anonymous=True), {"anon_jdoe"}),
    "moodle": ("moodle", layouts.moodle(PEOPLE), {"Jane_Doe_1001", "Zoë_O_Müller__Jr_1002", "Jane_Doe_1003"}),
    "moodle before 4.1": ("moodle", layouts.moodle([JANE, ZOE], old=True), {"Jane_Doe_1001", "Zoë_O_Müller__Jr_1002"}),
    "moodle flat": ("moodle", layouts.moodle_flat([JANE, OTHER_JANE]), {"Jane_Doe_1001", "Jane_Doe_1003"}),
    "moodle blind": ("moodle", layouts.moodle_blind([JANE, ZOE]), {"Participant_1001", "Participant_1002"}),
    "moodle with a prefix": ("moodle", layouts.moodle([JANE], prefix=lambda one: f"{one.login}_"), {"Jane_Doe_1001"}),
    "blackboard": ("blackboard", layouts.blackboard(FLAT), {"jdoe", "zoe_m", "jdoe2"}),
    "brightspace": ("brightspace", layouts.brightspace(PEOPLE, folder="HW 1"), {
        "Jane_Doe_1001", "Zoë_O_Müller__Jr_1002", "Jane_Doe_1003",
    }),
    "brightspace, one number": ("brightspace", layouts.brightspace([JANE], one_number=True), {"Jane_Doe_1001"}),
    "nbgrader": ("nbgrader", layouts.nbgrader(PEOPLE, "hw1"), {"jdoe", "zoe_m", "jdoe2"}),
    "gradescope": ("gradescope", layouts.gradescope([[person] for person in PEOPLE]), {
        "Jane_Doe_1001", "Zoë_O_Müller__Jr_1002", "Jane_Doe_1003",
    }),
}  # fmt: skip


def judged(tmp_path: Path, entries: Mapping[str, bytes], layout: str = "auto") -> Found:
    """Discover a class that lies unpacked in a folder."""
    return found(laid(tmp_path / "class", entries), layout=layout)


@pytest.mark.parametrize("kind", CLASSES)
def test_a_class_is_recognised_packed_and_unpacked(tmp_path: Path, kind: str) -> None:
    """The zip, its folder, the folder in a folder and the layout by name give the same students their own files."""
    layout, entries, ids = CLASSES[kind]
    mess = {"__MACOSX/._x": b"", ".DS_Store": b"", "Thumbs.db": b"", "desktop.ini": b""}

    packed_up = found(packed(tmp_path / "class.zip", {**entries, **mess}))
    unpacked = found(laid(tmp_path / "class", {**entries, **mess}))
    wrapped = found(packed(tmp_path / "wrapped.zip", {f"wrapper/{name}": data for name, data in entries.items()}))
    by_name = found(laid(tmp_path / "named", entries), layout=layout)

    assert set(packed_up.by_id) == ids
    assert packed_up.contents() == unpacked.contents() == wrapped.contents() == by_name.contents()
    facts = [{key: (one.student, one.main, one.handin) for key, one in some.by_id.items()} for some in (
        packed_up, unpacked, wrapped, by_name,
    )]  # fmt: skip
    assert facts[0] == facts[1] == facts[2] == facts[3]
    assert {one.handin.layout for one in packed_up.by_id.values()} == {layout}
    assert {one.rejection for one in packed_up.by_id.values()} == {None}
    (told,) = packed_up.told
    assert told.startswith("class.zip is taken for a download from ")
    assert by_name.told == []


@pytest.mark.parametrize("kind", ["canvas", "moodle", "blackboard", "brightspace", "nbgrader", "gradescope"])
def test_students_of_one_name_are_never_swapped(tmp_path: Path, kind: str) -> None:
    """An id stays a student's whoever else hands in, also if the name is another's too."""
    make: Callable[[list[Person]], Mapping[str, bytes]] = {
        "canvas": layouts.canvas,
        "moodle": layouts.moodle,
        "blackboard": layouts.blackboard,
        "brightspace": layouts.brightspace,
        "nbgrader": lambda people: layouts.nbgrader(people, "hw1"),
        "gradescope": lambda people: layouts.gradescope([[person] for person in people]),
    }[kind]

    both = found(packed(tmp_path / "both.zip", make([JANE, OTHER_JANE]))).contents()
    turned = found(packed(tmp_path / "turned.zip", make([OTHER_JANE, JANE]))).contents()
    alone = found(packed(tmp_path / "alone.zip", make([OTHER_JANE])), layout=kind).contents()

    assert both == turned
    assert alone.items() <= both.items()
    assert len(both) == 2


# Canvas


def test_canvas_late_and_handed_in_again(tmp_path: Path) -> None:
    """A late mark is kept; the number that Canvas adds goes, where the rest is the assignment's file."""
    again = replace(JANE, files={"hw1-2.py": b"again"}, late=True)
    own = replace(OTHER_JANE, files={"hw1.py": b"x", "hw1-1.py": b"y"})

    one = judged(tmp_path, layouts.canvas([again, own])).by_id

    jane, other = one["doejane_1001"], one["doejane_1003"]
    assert (jane.main, jane.handin.late) == ("hw1.py", True)
    assert jane.handin.ids == {"user": "1001", "attachment": "55501"}
    assert jane.handin.notes == ("hw1-2.py is taken for hw1.py: Canvas numbers what is handed in again.",)
    assert (other.main, other.handin.late, other.handin.notes) == ("hw1.py", False, ())
    assert {file.name for file in other.files} == {"hw1.py", "hw1-1.py"}


def test_canvas_texts_and_links(tmp_path: Path) -> None:
    """A text alone is a rejection with a sentence; beside a file it is noted."""
    entries = layouts.canvas([replace(JANE, files={}, text="print()"), replace(OTHER_JANE, text="hello")])

    one = judged(tmp_path, {**entries, "roejo_1009_link.html": b""}).by_id

    assert (
        one["doejane_1001"].rejection == "Only a text was typed in, and no file handed in; hand in hw1.py or hw1.ipynb."
    )
    assert one["roejo_1009"].rejection == "Only a link was given, and no file handed in; hand in hw1.py or hw1.ipynb."
    assert one["doejane_1003"].rejection is None
    assert one["doejane_1003"].handin.notes == ("A text or a link was handed in too, and is not looked at.",)


def test_canvas_a_zip_of_one_student_is_opened(tmp_path: Path) -> None:
    """One student's zip is unpacked as that of a plain class; what it holds is nobody else's."""
    work = zipped({"work/hw1.py": b"jane", "work/doejane_1003_1_hw1.py": b"forged"})

    one = judged(tmp_path, layouts.canvas([replace(JANE, files={"work.zip": work}), OTHER_JANE])).by_id

    assert set(one) == {"doejane_1001", "doejane_1003"}
    assert one["doejane_1001"].main == "hw1.py"
    assert one["doejane_1001"].handin.ids["user"] == "1001"


def test_canvas_the_newest_of_one_name_counts(tmp_path: Path) -> None:
    """Two attachments of one name, which Canvas avoids: the later one is graded, and it is said so."""
    one = judged(tmp_path, {"doejane_1001_9_hw1.py": b"old", "doejane_1001_10_hw1.py": b"new"})

    assert one.contents() == {"doejane_1001": {"hw1.py": b"new"}}
    assert one.by_id["doejane_1001"].handin.notes == ("hw1.py was handed in more than once; the newest counts.",)


def test_canvas_a_name_that_looks_like_an_id_is_told(tmp_path: Path) -> None:
    """Who has another's number in the name gets an id of their own, and both are noted."""
    one = judged(tmp_path, {"doe_1001_5_eve_1009_55501_hw1.py": b"eve", "doejane_1001_55502_hw1.py": b"jane"})

    assert set(one.by_id) == {"doe_1001", "doejane_1001"}
    assert one.told[1:] == ["2 submissions have the same user, 1001: doe, doejane."]
    assert {two.handin.notes for two in one.by_id.values()} == {(one.told[1],)}


# Moodle


def test_moodle_online_texts_groups_and_other_plugins(tmp_path: Path) -> None:
    """A text alone is a rejection; a group is one submission; what no plugin for files took is noted."""
    entries = layouts.moodle([replace(JANE, files={}, text="<p>hi</p>"), replace(ZOE, text="<p>hi</p>")])
    group = {
        "Team 1_44_assignsubmission_file/hw1.py": b"team",
        "Default group_assignsubmission_file/hw1.py": b"rest",
        "Jo Roe_9_assignsubmission_file/hw1.py": b"jo",
        "Jo Roe_9_assignsubmission_mahara/page.html": b"",
    }

    one = judged(tmp_path, {**entries, **group}).by_id

    jane, zoe = one["Jane_Doe_1001"], one["Zoë_O_Müller__Jr_1002"]
    assert jane.rejection == "Only an online text was handed in, and no file; hand in hw1.py or hw1.ipynb."
    assert zoe.handin.notes == ("An online text was handed in too, and is not looked at.",)
    assert (zoe.student, zoe.handin.ids) == ("Zoë O'Müller, Jr.", {"participant": "1002"})
    assert {file.name for file in zoe.files} == {"hw1.ipynb", "data/points.csv"}
    assert (one["Team_1_44"].student, one["Team_1_44"].handin.late) == ("Team 1", None)
    assert one["Jo_Roe_9"].handin.notes == ("What was handed in as mahara is not looked at.",)
    assert "Default group" in {two.student for two in one.values()}


def test_moodle_a_prefix_and_blind_marking(tmp_path: Path) -> None:
    """What a site puts before the name is kept apart from it, and a blind download names participants."""
    prefixed = found(laid(tmp_path / "a", layouts.moodle([JANE], prefix=lambda one: f"{one.login}_"))).by_id
    blind = found(laid(tmp_path / "b", layouts.moodle_blind([JANE]))).by_id

    jane = prefixed["Jane_Doe_1001"]
    assert (jane.student, jane.handin.ids) == ("Jane Doe", {"participant": "1001", "prefix": "jdoe"})
    assert blind["Participant_1001"].student == "Participant 1001"


# Blackboard


def test_blackboard_receipts_name_people(tmp_path: Path) -> None:
    """The receipt gives the full name, and the username where that holds a `_` as the item does."""
    people = [JANE, replace(ZOE, files={"hw1.py": b"zoe"})]
    entries = layouts.blackboard(people)

    one = found(laid(tmp_path / "a", entries)).by_id
    bare = found(
        laid(tmp_path / "b", {name: data for name, data in entries.items() if not name.endswith(".txt")})
    ).by_id

    assert {key: two.student for key, two in one.items()} == {"jdoe": "Jane Doe", "zoe_m": "Zoë O'Müller, Jr."}
    assert one["jdoe"].handin.submitted_at == "2026-02-03T13:10:12"
    assert set(bare) == {"jdoe", "m"}


def test_blackboard_the_newest_attempt_counts(tmp_path: Path) -> None:
    """Earlier attempts are set aside and noted, and so is a later one without a file; a text alone is rejected."""
    later = replace(JANE, files={"hw1.py": b"later"}, when=WHEN + timedelta(days=9))
    empty = replace(JANE, files={}, when=WHEN + timedelta(days=10))
    typed = replace(OTHER_JANE, files={}, text="def f(): ...")

    one = judged(tmp_path, layouts.blackboard([later, JANE]) | layouts.blackboard([empty, typed]))

    jane = one.by_id["jdoe"]
    assert one.contents()["jdoe"] == {"hw1.py": b"later"}
    assert jane.handin.submitted_at == "2026-02-12T13:10:12"
    assert jane.handin.notes == (
        "An earlier attempt, 2026-02-03 13:10:12, is set aside.",
        "A later attempt, 2026-02-13 13:10:12, holds no file; the last one that does counts.",
    )
    expected = "Only a comment or a text was handed in, and no file; hand in hw1.py or hw1.ipynb."
    assert one.by_id["jdoe2"].rejection == expected


def test_blackboard_a_comment_cannot_name_another(tmp_path: Path) -> None:
    """A receipt that contradicts the name of its own file is not believed."""
    entries = {
        "HW_jdoe_attempt_2026-02-03-10-11-12.txt": b"Name: Eve (eve)\n",
        "HW_jdoe_attempt_2026-02-03-10-11-12_hw1.py": b"jane",
    }

    one = judged(tmp_path, entries).by_id

    assert {key: two.student for key, two in one.items()} == {"jdoe": "jdoe"}


# Brightspace


def test_brightspace_the_newest_folder_counts(tmp_path: Path) -> None:
    """Of several folders of a student the newest is graded, by the time and not by the name."""
    morning, noon = datetime(2025, 10, 10, 11, 0), datetime(2025, 10, 10, 13, 10)
    first, second = replace(JANE, when=morning), replace(JANE, when=noon, files={"hw1.py": b"noon"})

    one = judged(tmp_path, layouts.brightspace([second, first]))

    assert one.contents() == {"Jane_Doe_1001": {"hw1.py": b"noon"}}
    jane = one.by_id["Jane_Doe_1001"]
    assert jane.handin.submitted_at == "2025-10-10T13:10:00"
    assert jane.handin.ids == {"user": "1001", "submission": "640693"}
    assert jane.handin.notes == ("An earlier attempt, 2025-10-10 11:00:00, is set aside.",)


# nbgrader


def test_nbgrader_takes_the_one_assignment(tmp_path: Path) -> None:
    """Other assignments and a course's other folders are left out; who handed in nothing is told."""
    course = layouts.nbgrader([JANE, ZOE], "hw1") | layouts.nbgrader([OTHER_JANE], "hw2")

    one = judged(tmp_path, {**course, "source/hw1/hw1.ipynb": b"{}", "gradebook.db": b"", "nbgrader_config.py": b""})

    assert set(one.by_id) == {"jdoe", "zoe_m"}
    assert one.told[1:] == ["nothing for hw1 was handed in by jdoe2."]
    assert one.by_id["jdoe"].handin.submitted_at == "2026-02-03T13:10:12+00:00"
    assert one.by_id["jdoe"].handin.ids == {"login": "jdoe", "assignment": "hw1"}
    assert [file.name for file in one.by_id["jdoe"].files] == ["hw1.py"]


@pytest.mark.parametrize(
    ("names", "expected", "why"),
    [
        (["HW 1", "hw2"], "HW 1", "the names are alike"),
        (["ps1"], "ps1", "there is no other"),
        (["a", "b"], "b", "there lie such files"),
    ],
)
def test_nbgrader_another_name_is_told(tmp_path: Path, names: list[str], expected: str, why: str) -> None:
    """An assignment of another name is taken where it can be only that one."""
    course = {f"submitted/jdoe/{name}/work.ipynb": b"{}" for name in names}
    course[f"submitted/jdoe/{expected}/hw1.ipynb"] = b"{}"

    one = judged(tmp_path, course)

    assert one.told[1:] == [f"{expected} in class is taken for hw1: {why}."]
    assert one.by_id["jdoe"].main == "hw1.ipynb"


def test_nbgrader_no_such_assignment_is_a_wrong_argument(tmp_path: Path) -> None:
    """Where it could be one or another, staff are asked."""
    course = {"submitted/jdoe/a/x.ipynb": b"{}", "submitted/jdoe/b/y.ipynb": b"{}"}

    with pytest.raises(UsageError, match="class holds no assignment hw1, but a, b; give a folder"):
        judged(tmp_path, course)


def test_nbgrader_the_exchange(tmp_path: Path) -> None:
    """Of an inbound folder the newest of each student counts."""
    inbound = {
        "jdoe+hw1+2026-02-03 10:11:12.000001 UTC/hw1.py": b"old",
        "jdoe+hw1+2026-02-04 10:11:12.000001 UTC+aGk/hw1.py": b"new",
        "jdoe+hw2+2026-02-05 10:11:12.000001 UTC/hw1.py": b"other",
    }

    one = judged(tmp_path, inbound)

    assert one.contents() == {"jdoe": {"hw1.py": b"new"}}
    assert one.by_id["jdoe"].handin.submitted_at == "2026-02-04T10:11:12.000001+00:00"
    assert one.by_id["jdoe"].handin.notes == ("An earlier attempt, 2026-02-03 10:11:12.000001+00:00, is set aside.",)


def test_nbgrader_a_bare_tree_has_to_be_named(tmp_path: Path) -> None:
    """Folders in folders are a plain class, unless staff or a timestamp say otherwise."""
    folder = laid(tmp_path / "class", {"ann/hw1/hw1.py": b"a", "bob/mine/answer.py": b"b"})

    assert set(found(folder).by_id) == {"ann", "bob"}
    assert set(found(folder, layout="nbgrader").by_id) == {"ann"}


# Gradescope


def test_gradescope_groups_and_unknown_people(tmp_path: Path) -> None:
    """A group is one submission under all its names; without submitters it is known by its number, with a note."""
    no_email = replace(ZOE, login="")

    one = judged(tmp_path, layouts.gradescope([[JANE, no_email], [], [replace(OTHER_JANE, files={})]])).by_id

    group, nobody, none = one["Jane_Doe_Zoë_O_Müller__Jr_1001_1002"], one["submission_900002"], one["Jane_Doe_1003"]
    assert group.student == "Jane Doe & Zoë O'Müller, Jr."
    assert group.handin.ids == {"sid": "1001, 1002", "email": "jdoe@example.edu, ?", "submission": "900001"}
    assert group.handin.submitted_at == "2026-02-03T13:10:12-08:00"
    assert nobody.rejection == "Gradescope lists this submission, but no file of it lies in the download."
    assert nobody.handin.notes == ("Gradescope names nobody who handed this in.",)
    assert none.rejection == nobody.rejection


@pytest.mark.parametrize(
    "metadata",
    [
        b"submission_1: [", b"- 1\n- 2\n", b"", b"\xff\xfe\x00", b"[" * 100_000, b"x: " * 5 + b"\n\t- {", b"plain",
    ],
    ids=str,
)  # fmt: skip
def test_gradescope_without_readable_metadata(tmp_path: Path, metadata: bytes) -> None:
    """Submissions are graded all the same, known by their numbers, with a note."""
    entries = layouts.gradescope([[JANE]]) | {"assignment_77_export/submission_metadata.yml": metadata}

    one = judged(tmp_path, entries)

    submission = one.by_id["submission_900001"]
    assert submission.main == "hw1.py"
    assert submission.handin.notes == (
        "submission_metadata.yml could not be read, so nobody knows who handed this in.",
    )
    assert "submission_metadata.yml of class cannot be read" in one.told[1]


def test_gradescope_a_missing_entry_and_other_keys(tmp_path: Path) -> None:
    """A folder that the metadata do not mention is graded by its number; keys that are file names are ignored."""
    metadata = (
        b"123.pdf:\n  :submitters:\n  - :name: Eve\n? [a, b]\n: c\nsubmission_7: &x {':submitters': null, y: *x}\n"
    )
    entries = {"submission_5/hw1.py": b"x", "submission_7/hw1.py": b"y", "submission_metadata.yml": metadata}

    one = judged(tmp_path, entries).by_id

    assert set(one) == {"submission_5", "submission_7"}
    assert one["submission_5"].handin.notes[0].startswith("submission_metadata.yml does not mention it")


def test_gradescope_a_roster_of_logins(tmp_path: Path) -> None:
    """An id from the roster that cannot be a file's name is told apart by a hash; an email stands in for none."""
    metadata = """
submission_1: {':submitters': [{':name': A B, ':sid': a/b}]}
submission_2: {':submitters': [{':name': A B, ':sid': a_b}]}
submission_3: {':submitters': [{':name': A B, ':sid': null, ':email': ab@example.edu}]}
submission_4: {':submitters': [{':name': A B}]}
"""
    entries = {f"submission_{number}/hw1.py": b"x" for number in range(1, 5)}

    one = judged(tmp_path, {**entries, "submission_metadata.yml": metadata.encode()}).by_id

    assert {"A_B_a_b", "A_B_submission_4"} < set(one)
    assert len(one) == 4
    assert any(key.startswith("A_B_ab_example.edu-") for key in one)
