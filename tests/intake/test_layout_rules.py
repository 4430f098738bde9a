"""Who is who in a download from each platform, and what becomes of what was handed in twice, late or as a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from grader.errors import UsageError
from tests import layouts
from tests.intake.found import JANE, OTHER_JANE, ZOE, found, judged
from tests.intake.makers import zipped
from tests.layouts import WHEN, Person, laid, packed

PEOPLE = [JANE, ZOE, OTHER_JANE]
FLAT = [
    replace(person, files={name.replace("/", "-"): data for name, data in person.files.items()}) for person in PEOPLE
]
"""Platforms that know no folders."""

CLASSES: dict[str, tuple[str, Mapping[str, bytes], set[str]]] = {
    "canvas": ("canvas", layouts.canvas(FLAT), {"doejane_1001", "omüllerjrzoë_1002", "doejane_1003"}),
    "canvas anonymous": ("canvas", layouts.canvas([JANE, OTHER_JANE], anonymous=True), {"anon_jdoe", "anon_jdoe2"}),
    "moodle": ("moodle", layouts.moodle(PEOPLE), {"Jane_Doe_1001", "Zoë_O_Müller__Jr_1002", "Jane_Doe_1003"}),
    "moodle before 4.1": ("moodle", layouts.moodle([JANE, ZOE], old=True), {"Jane_Doe_1001", "Zoë_O_Müller__Jr_1002"}),
    "moodle flat": ("moodle", layouts.moodle_flat([JANE, OTHER_JANE]), {"Jane_Doe_1001", "Jane_Doe_1003"}),
    "moodle blind": ("moodle", layouts.moodle_blind([JANE, ZOE]), {"Participant_1001", "Participant_1002"}),
    "moodle with a prefix": ("moodle", layouts.moodle([JANE, OTHER_JANE], prefix=lambda one: f"{one.login}_"), {
        "Jane_Doe_1001", "Jane_Doe_1003",
    }),
    "blackboard": ("blackboard", layouts.blackboard(FLAT), {"jdoe", "zoe_m", "jdoe2"}),
    "brightspace": ("brightspace", layouts.brightspace(PEOPLE, folder="HW 1"), {
        "Jane_Doe_1001", "Zoë_O_Müller__Jr_1002", "Jane_Doe_1003",
    }),
    "brightspace, one number": ("brightspace", layouts.brightspace([JANE, OTHER_JANE], one_number=True), {
        "Jane_Doe_1001", "Jane_Doe_1003",
    }),
    "nbgrader": ("nbgrader", layouts.nbgrader(PEOPLE, "hw1"), {"jdoe", "zoe_m", "jdoe2"}),
    "gradescope": ("gradescope", layouts.gradescope([[person] for person in PEOPLE]), {
        "Jane_Doe_1001", "Zoë_O_Müller__Jr_1002", "Jane_Doe_1003",
    }),
}  # fmt: skip


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

    def make(*people: Person) -> Mapping[str, bytes]:
        return layouts.download(kind, people, "hw1")

    both = found(packed(tmp_path / "both.zip", make(JANE, OTHER_JANE))).contents()
    turned = found(packed(tmp_path / "turned.zip", make(OTHER_JANE, JANE))).contents()
    alone = found(packed(tmp_path / "alone.zip", make(OTHER_JANE)), layout=kind).contents()

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
    work = zipped({"mine/hw1.py": b"jane", "mine/doejane_1003_1_hw1.py": b"forged"})

    one = judged(tmp_path, layouts.canvas([replace(JANE, files={"work.zip": work}), OTHER_JANE])).by_id

    assert set(one) == {"doejane_1001", "doejane_1003"}
    assert one["doejane_1001"].main == "hw1.py"
    assert one["doejane_1001"].handin.ids["user"] == "1001"


def test_canvas_the_newest_of_one_name_counts(tmp_path: Path) -> None:
    """Two attachments of one name, which Canvas avoids: the later one is graded, and it is said so."""
    one = judged(tmp_path, {"doejane_1001_999_hw1.py": b"old", "doejane_1001_1000_hw1.py": b"new"})

    assert one.contents() == {"doejane_1001": {"hw1.py": b"new"}}
    assert one.by_id["doejane_1001"].handin.notes == ("hw1.py was handed in more than once; the newest counts.",)


def test_canvas_a_name_that_looks_like_an_id_is_told(tmp_path: Path) -> None:
    """Who has another's number in the name gets an id of their own, and both are noted."""
    others = {f"roe_{2000 + number}_5560{number}_hw1.py": b"roe" for number in range(3)}
    one = judged(tmp_path, {"doe_1001_5_eve_1009_55501_hw1.py": b"eve", "doejane_1001_55502_hw1.py": b"jane", **others})

    assert set(one.by_id) == {"doe_1001", "doejane_1001", "roe_2000", "roe_2001", "roe_2002"}
    assert one.told[1:] == ["2 submissions have the same user, 1001: doe, doejane."]
    assert {one.by_id[name].handin.notes for name in ("doe_1001", "doejane_1001")} == {(one.told[1],)}


@pytest.mark.parametrize(
    "names",
    [
        ("lab_1_2_ann.py", "lab_1_2_ben.py", "lab_1_2_cho.py"),
        ("ann_2026_02_03.py", "ben_2026_02_03.py"),
        ("lab_1_2_ann.py", "lab_1_3_ben.py"),
        ("exp_1_2_net.py",),
    ],
)
def test_canvas_numbers_that_students_give_are_no_ids(tmp_path: Path, names: tuple[str, ...]) -> None:
    """A plain class with numbers in its names stays one: each file is a student's."""
    one = judged(tmp_path, dict.fromkeys(names, b"x = 1\n"))

    assert set(one.by_id) == {name.removesuffix(".py") for name in names}
    assert one.told == []


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
    assert set(bare) == {"HW_1_jdoe", "HW_1_zoe_m"}
    assert {two.handin.ids["login"] for two in bare.values()} == {"jdoe", "m"}
    assert bare["HW_1_jdoe"].handin.notes[0].startswith("No receipt tells who this is")


def test_blackboard_without_receipts_nobody_is_taken_for_another(tmp_path: Path) -> None:
    """Where usernames may hold a `_`, two that end alike stay two students, and others' receipts change no id."""
    names = [f"HW_1_{login}_attempt_2026-02-03-10-11-12" for login in ("a_doe", "b_doe", "doe")]
    bare = {f"{name}_hw1.py": name.encode() for name in names}
    receipt = {f"{names[2]}.txt": b"Name: D. Doe (doe)\n"}

    without, together = judged(tmp_path / "a", bare), judged(tmp_path / "b", bare | receipt)

    assert set(without.by_id) == {"HW_1_a_doe", "HW_1_b_doe", "HW_1_doe"}
    assert set(together.by_id) == {"HW_1_a_doe", "HW_1_b_doe", "doe"}
    assert without.contents()["HW_1_a_doe"] == together.contents()["HW_1_a_doe"]
    assert any("have the same login, doe" in sentence for sentence in without.told)


def test_blackboard_one_item_is_graded(tmp_path: Path) -> None:
    """Of several items in one folder the one of the assignment's name is taken, and told; in doubt staff are asked."""
    others = replace(JANE, files={"hw1.py": b"other"}, when=WHEN + timedelta(days=9))
    both = layouts.blackboard([JANE, OTHER_JANE], item="HW 1") | layouts.blackboard([others], item="HW 2")

    one = judged(tmp_path / "a", both)

    assert one.contents()["jdoe"] == {"hw1.py": b"jane"}
    assert one.told[1] == "class holds several items, HW 1, HW 2: HW 1 is taken for hw1."
    doubt = {name.replace("HW 1", "Week 5"): data.replace(b"HW 1", b"Week 5") for name, data in both.items()}
    with pytest.raises(UsageError, match="class holds several items, HW 2, Week 5; give a folder with the one"):
        judged(tmp_path / "b", doubt)


def test_blackboard_a_receipt_in_chinese(tmp_path: Path) -> None:
    """The colon may be a wide one."""
    wide = "\u59d3\u540d\uff1a".encode()
    people = {key: data.replace(b"Name: ", wide) for key, data in layouts.blackboard([FLAT[1]]).items()}

    assert judged(tmp_path, people).by_id["zoe_m"].student == "Zoë O'Müller, Jr."


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

    assert {key: two.student for key, two in one.items()} == {"HW_jdoe": "HW_jdoe"}


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


def test_canvas_a_name_that_ends_in_numbers_joins_nobody(tmp_path: Path) -> None:
    """A display name made to look like another student's entry stays apart from it, with a note."""
    entries = {
        "doejane_1001_55501_hw1.py": b"jane",
        "doejane_1001_55502_1007_55503_hw1.py": b"eve",
        "roe_1002_55504_hw1.py": b"",
    }

    one = judged(tmp_path, entries)

    assert one.contents()["doejane_1001"] == {"hw1.py": b"jane"}
    (other,) = set(one.by_id) - {"doejane_1001", "roe_1002"}
    assert one.by_id[other].handin.notes[0].startswith("Whose doejane_1001_55502_1007_55503_hw1.py is cannot be told")


def test_canvas_leaves_names_of_others_alone(tmp_path: Path) -> None:
    """Numbers in names of Blackboard and Moodle make no download of Canvas of theirs."""
    people = [replace(JANE, login="9001"), replace(OTHER_JANE, login="9002")]
    entries = layouts.blackboard(people, item="HW_2026_10301")

    assert {two.handin.layout for two in judged(tmp_path, entries).by_id.values()} == {"blackboard"}


def test_moodle_a_name_that_begins_with_a_dot(tmp_path: Path) -> None:
    """It is a student's, and no hidden file of a system's."""
    one = judged(tmp_path, {".Net Ann_123_assignsubmission_file/hw1.py": b"x", "._x": b"", ".DS_Store": b""})

    assert [two.student for two in one.by_id.values()] == [".Net Ann"]


def test_moodle_groups_without_a_number_are_not_one(tmp_path: Path) -> None:
    """Where a site puts the same before all names, that is no id that two of them share."""
    entries = {f"x_{name}_assignsubmission_file/hw1.py": name.encode() for name in ("Group A", "Group B")}

    one = judged(tmp_path, entries)

    assert len(one.told) == 1
    assert {two.handin.notes for two in one.by_id.values()} == {()}


def test_gradescope_aliases_are_followed(tmp_path: Path) -> None:
    """What the metadata name once and repeat by an alias is the same again: a text, a person, a list of people."""
    metadata = (
        "submission_1:\n  :submitters: &2\n  - &3\n    :name: &1 Jane Doe\n    :sid: '7'\n"
        "submission_2:\n  :submitters: *2\n"
        "submission_3:\n  :submitters:\n  - *3\n"
        "submission_4:\n  :submitters:\n  - :name: *1\n    :sid: '8'\n"
    )
    entries = {f"submission_{number}/hw1.py": b"x" for number in range(1, 5)}

    one = judged(tmp_path, entries | {"submission_metadata.yml": metadata.encode()})

    assert sorted(one.by_id) == ["Jane_Doe_7", "Jane_Doe_7-2", "Jane_Doe_7-3", "Jane_Doe_8"]


def test_two_of_one_id_are_numbered_by_what_came_first(tmp_path: Path) -> None:
    """Submission 9 comes before 10: an id does not hang on how numbers sort as text."""
    person = "  :submitters:\n  - :name: Jane\n    :sid: '7'\n"
    metadata = "".join(f"submission_{number}:\n{person}" for number in (9, 10))
    entries = {f"submission_{number}/hw1.py": str(number).encode() for number in (9, 10)}

    one = judged(tmp_path, entries | {"submission_metadata.yml": metadata.encode()})

    assert one.contents() == {"Jane_7": {"hw1.py": b"9"}, "Jane_7-2": {"hw1.py": b"10"}}
