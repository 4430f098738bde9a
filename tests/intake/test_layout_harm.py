"""Names, links, zips and sizes in a download that mean harm, or might as well."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from grader.errors import UsageError
from grader.intake.layouts import BUILT_IN
from grader.submission import Limits
from tests import layouts
from tests.intake.found import JANE, OTHER_JANE, ROE, found
from tests.intake.makers import linked_zip, zipped
from tests.layouts import Person, laid, packed

CANVAS = layouts.canvas([JANE, ROE])
DOWNLOADS = {name: layouts.download(name, [JANE, ROE], "hw1") for name in BUILT_IN}

LONG = "x" * 200 + ".py"


@pytest.mark.parametrize("kind", DOWNLOADS)
@pytest.mark.parametrize("name", ["../../hw1.py", "/etc/hw1.py", "y" * 4000 + ".py"], ids=["up", "root", "long"])
def test_a_zip_with_names_that_lead_out_is_refused(tmp_path: Path, kind: str, name: str) -> None:
    """No platform packs such names: the whole is refused before anything is written."""
    archive = packed(tmp_path / "hw.zip", {**DOWNLOADS[kind], name: b"x"})

    with pytest.raises(UsageError, match=r"^hw.zip cannot be unpacked: "):
        found(archive, layout=kind)

    assert sorted(path.name for path in tmp_path.iterdir()) == [".unpacked", "hw.zip"]


@pytest.mark.parametrize("kind", ["canvas", "blackboard"])
@pytest.mark.parametrize("file", [f"a\nb\x1b[31m\u202e{LONG}", "..", "...", "con", "'; rm -rf .py", "<b>.py"])
def test_odd_names_of_files_stay_names(tmp_path: Path, kind: str, file: str) -> None:
    """Whatever a student calls a file, its name inside the submission is one printable line that leads nowhere."""
    jane = replace(JANE, files={file: b"x", "hw1.py": b"jane"})

    one = found(laid(tmp_path / "hw", layouts.download(kind, [jane, ROE], "hw1")))

    names = [name for files in one.contents().values() for name in files]
    assert all(name.isprintable() and "/" not in name and name.strip(".") for name in names)
    assert all("\n" not in line and "\x1b" not in line for line in one.told)
    assert len(one.by_id) == 2


def test_odd_names_of_people_stay_names(tmp_path: Path) -> None:
    """A name with a newline, a markup or a path in it is shown on one line and makes a safe id."""
    entries = {
        "Ja\nne <b>_1_assignsubmission_file/hw1.py": b"a",
        "...._2_assignsubmission_file/hw1.py": b"b",
        "=cmd('x')\u202e_3_assignsubmission_file/hw1.py": b"c",
    }
    folder = tmp_path / "hw"
    for name, data in entries.items():
        laid(folder, {name: data})

    one = found(folder, layout="moodle").by_id

    assert {key.rpartition("_")[2] for key in one} == {"1", "2", "3"}
    assert all(two.student.isprintable() for two in one.values())


def test_links_are_never_followed(tmp_path: Path) -> None:
    """A link is nobody's answer, wherever it lies; alone it is a rejection that says so."""
    secret = laid(tmp_path / "secret", {"hw1.py": b"solution"})
    canvas = laid(tmp_path / "canvas", CANVAS)
    (canvas / "eve_1003_55503_hw1.py").symlink_to(secret / "hw1.py")
    (canvas / "eve_1004_55504_hw1.py").symlink_to(secret)
    (canvas / "roejo_1002_55505_more.py").symlink_to(secret / "hw1.py")
    moodle = laid(tmp_path / "moodle", layouts.moodle([JANE]))
    (moodle / "Eve_3_assignsubmission_file").symlink_to(secret)
    (next(moodle.iterdir()) / "more.py").symlink_to(secret / "hw1.py")
    tree = laid(tmp_path / "tree", layouts.nbgrader([JANE], "hw1"))
    (tree / "submitted/eve").symlink_to(secret)
    (tree / "submitted/jdoe/hw1/timestamp.txt").unlink()
    (tree / "submitted/jdoe/hw1/timestamp.txt").symlink_to(secret / "hw1.py")

    everything = [found(canvas), found(moodle, layout="moodle"), found(tree)]

    contents = [files for one in everything for files in one.contents().values()]
    assert all(b"solution" not in files.values() for files in contents)
    eves = [everything[0].by_id["eve_1003"], everything[0].by_id["eve_1004"]]
    assert all("is a symbolic link, and links are not followed" in (eve.rejection or "") for eve in eves)
    assert everything[0].by_id["roejo_1002"].main == "hw1.py"
    assert everything[2].by_id["jdoe"].handin.submitted_at == ""


def test_links_in_zips_of_students_are_skipped(tmp_path: Path) -> None:
    """A student's own zip is held to the rules of every archive; one that is none costs only that student."""
    linked = linked_zip()
    people = [replace(JANE, files={"work.zip": linked}), replace(ROE, files={"work.zip": b"PK no zip"})]
    nested = Person("Max", "Poe", 1003, "mpoe", {"a.zip": zipped({"b.zip": zipped({"hw1.py": b"x"})})})

    one = found(packed(tmp_path / "hw.zip", layouts.canvas([*people, nested])), slug="mini").by_id

    assert [file.name for file in one["doejane_1001"].files] == ["mini.py"]
    assert one["roejo_1002"].rejection is not None
    assert one["poemax_1003"].rejection == "No .py or .ipynb file was handed in; expected mini.py or mini.ipynb."


def test_one_students_limit_is_not_the_classs(tmp_path: Path) -> None:
    """What is too large or too much is one student's rejection."""
    big = {"hw1.py": b"x" * 2000}
    many = {f"{number}.txt": b"" for number in range(12)}
    people = [replace(JANE, files=big), replace(ROE, files={**ROE.files, **many})]
    limits = Limits(max_file_bytes=1000, max_files=10)

    for entries in (layouts.canvas(people), layouts.moodle(people)):
        folder = laid(tmp_path / f"hw{next(iter(entries))[:4]}", entries)
        one = found(folder, limits=limits)
        assert {(two.rejection or "").partition(":")[0].partition(";")[0] for two in one.by_id.values()} == {
            "hw1.py is too large", "There are more than 10 files and folders",
        }  # fmt: skip


def test_a_name_that_is_no_unicode_is_kept_as_text(tmp_path: Path) -> None:
    """What a platform knows a student by can be written down, whatever the bytes of a folder's name."""
    for name in (b"\xffbob", b"ann"):
        folder = tmp_path / "submitted" / os.fsdecode(name) / "hw1"
        folder.mkdir(parents=True)
        (folder / "hw1.py").write_text("x = 1\n")

    one = found(tmp_path, layout="nbgrader")

    assert len(one.by_id) == 2
    for submission in one.by_id.values():
        msgspec.json.encode(submission.handin)


def test_in_a_packed_class_a_large_file_costs_one_student(tmp_path: Path) -> None:
    """What is too large or too deep in the zip of a class is one student's, and the others are graded."""
    limits = Limits(max_file_bytes=100, max_total_bytes=300, max_depth=3)
    large, deep = replace(JANE, files={"hw1.py": b"x" * 2000}), replace(OTHER_JANE, files={f"{'a/' * 9}hw1.py": b"x"})

    one = found(packed(tmp_path / "class.zip", layouts.moodle([large, ROE, deep])), limits=limits)

    said = {key: two.rejection or "" for key, two in one.by_id.items()}
    assert said["Jo_Roe_1002"] == ""
    assert "is too large" in said["Jane_Doe_1001"]
    assert "more than 3 deep" in said["Jane_Doe_1003"]
