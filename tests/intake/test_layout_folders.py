"""nbgrader's trees and Gradescope's folders: who is who, and what becomes of the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.errors import UsageError
from tests import layouts
from tests.intake.found import JANE, OTHER_JANE, ZOE, found, judged
from tests.layouts import laid

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
    entries = layouts.gradescope([[JANE], [ZOE]]) | {"assignment_77_export/submission_metadata.yml": metadata}

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


def test_nbgrader_the_newest_by_moment(tmp_path: Path) -> None:
    """Times in different zones are compared by what came first, and one that no calendar has is no time."""
    inbound = {
        "jdoe+hw1+2026-02-03 23:00:00 -0800/hw1.py": b"new",
        "jdoe+hw1+2026-02-04 01:00:00 UTC/hw1.py": b"old",
        "jroe+hw1+9999-12-31 23:00:00 -0800/hw1.py": b"roe",
    }

    one = judged(tmp_path, inbound)

    assert one.contents() == {"jdoe": {"hw1.py": b"new"}, "jroe": {"hw1.py": b"roe"}}
    assert one.by_id["jroe"].handin.submitted_at == ""


def test_nbgrader_a_plain_class_in_a_folder_called_submitted(tmp_path: Path) -> None:
    """The name alone proves nothing: folders of students that hold folders of their own are plain ones."""
    plain = {"ann/src/hw1.py": b"a", "bob/src/hw1.py": b"b"}

    one = found(laid(tmp_path / "submitted", plain))
    tree = found(laid(tmp_path / "other" / "submitted", {"ann/HW 1/hw1.py": b"a"}))

    assert {key: two.handin.layout for key, two in one.by_id.items()} == {"ann": "files", "bob": "files"}
    assert tree.by_id["ann"].handin.layout == "nbgrader"


def test_nbgrader_a_stray_file_is_told(tmp_path: Path) -> None:
    """A file beside a student's assignments is named; with --layout it is left aside, and the rest is read."""
    tree = layouts.nbgrader([JANE, ZOE], "hw1") | {"submitted/jdoe/notes.py": b"x"}

    auto = judged(tmp_path / "a", tree)
    named = judged(tmp_path / "b", tree, layout="nbgrader")

    assert (
        auto.told[0]
        == "class is not taken for a download from nbgrader because of notes.py; with --layout nbgrader it is."
    )
    assert set(named.by_id) == {"jdoe", "zoe_m"}
    assert "notes.py" in named.told[0]


def test_letters_with_accents_are_one_login(tmp_path: Path) -> None:
    """A login written in two forms of Unicode is one student's."""
    plain, apart = "zo\u00eb", "zoe\u0308"
    tree = {f"submitted/{apart}/hw1/hw1.py": b"x", f"submitted/{apart}/hw1/timestamp.txt": b"2026-02-03 10:11:12 UTC"}

    assert list(judged(tmp_path, tree).by_id) == [plain]
