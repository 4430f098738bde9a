"""Which layout is taken, what is told of it, layouts of other packages, and names that mean harm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.intake.layouts import known
from grader.submission import Limits
from tests import layouts
from tests.intake.found import found
from tests.intake.makers import linked_zip, zipped
from tests.layouts import Person, laid, packed

JANE = Person("Jane", "Doe", 1001, "jdoe", {"hw1.py": b"jane"})
ROE = Person("Jo", "Roe", 1002, "jroe", {"hw1.py": b"roe"})
CANVAS = layouts.canvas([JANE, ROE])

DOWNLOADS: dict[str, Mapping[str, bytes]] = {
    "canvas": CANVAS,
    "moodle": layouts.moodle([JANE, ROE]),
    "gradescope": layouts.gradescope([[JANE], [ROE]]),
    "blackboard": layouts.blackboard([JANE, ROE]),
    "brightspace": layouts.brightspace([JANE, ROE]),
    "nbgrader": layouts.nbgrader([JANE, ROE], "hw1"),
}

PLUGIN = """
from pathlib import Path
from grader.handin import Handin
from grader.intake.layouts import Download, Fit, Piece, Student, id_of

class Letters:
    title = "the letter box"
    expected = "names such as `from-ann.py`"

    def fit(self, download):
        ours = [entry.name for entry in download.entries if entry.name.startswith("from-")]
        return Fit(f"the names in it are like `{ours[0]}`") if ours else None

    def split(self, download):
        for entry in download.entries:
            who = Path(entry).stem.removeprefix("from-")
            handin = Handin(layout="letters", ids={"writer": who}, notes=("By hand.",))
            yield Student(id_of("", who), who.title(), (Piece(Path(entry), "hw1.py"),), handin)

LAYOUT = Letters()
"""


def install(folder: Path, points: str, code: str = PLUGIN) -> Path:
    """Put a package with layouts where it can be imported from."""
    laid(folder, {"letterbox.py": code.encode(), "letterbox-1.dist-info/METADATA": b"Name: letterbox\nVersion: 1\n"})
    return laid(folder, {"letterbox-1.dist-info/entry_points.txt": f"[grader.layouts]\n{points}\n".encode()})


# What is recognised


def test_what_was_recognised_is_told(tmp_path: Path) -> None:
    """One sentence says which platform it is from, and why."""
    told = found(packed(tmp_path / "hw_submissions.zip", CANVAS)).told

    assert told == [
        "hw_submissions.zip is taken for a download from Canvas: the names in it are like `doejane_1001_55501_hw1.py`."
    ]


@pytest.mark.parametrize(
    "entries",
    [
        {"ann.py": b"a", "bob.py": b"b"},
        {"ann/hw1.py": b"a", "bob/hw1.ipynb": b"b"},
        {"hw1.py": b"a"},
        {"class/ann/hw1.py": b"a", "class/bob/work/hw1.py": b"b"},
        {"ann.py": b"a", "bob.py": b"b", "a_1_2_b.py": b"c"},
    ],
)
def test_plain_files_stay_what_they_are(tmp_path: Path, entries: Mapping[str, bytes]) -> None:
    """What no layout fits to is found as ever, and nothing is told."""
    folder, archive = laid(tmp_path / "hw", entries), packed(tmp_path / "hw.zip", entries)

    auto, plain = found(archive), found(archive, layout="files")

    assert auto.contents() == plain.contents()
    assert found(folder).contents() == found(folder, layout="files").contents()
    assert auto.told == []
    assert {one.handin.layout for one in auto.by_id.values()} == {"files"}


@pytest.mark.parametrize("kind", DOWNLOADS)
def test_files_is_taken_at_its_word(tmp_path: Path, kind: str) -> None:
    """With `--layout files` a download is plain files and folders."""
    one = found(packed(tmp_path / "hw.zip", DOWNLOADS[kind]), layout="files")

    assert {two.handin.layout for two in one.by_id.values()} == {"files"}


def test_two_layouts_that_fit_are_a_question(tmp_path: Path) -> None:
    """Where the item's name has numbers in it, Canvas fits as well: staff are asked."""
    archive = packed(tmp_path / "hw.zip", layouts.blackboard([JANE, ROE], item="HW_1_2"))

    with pytest.raises(UsageError) as raised:
        found(archive)

    assert str(raised.value) == (
        "hw.zip may be a download from Canvas or from Blackboard: "
        "say which with --layout canvas or --layout blackboard."
    )
    assert set(found(archive, layout="blackboard").by_id) == {"jdoe", "jroe"}


def test_a_stray_answer_keeps_a_layout_from_being_guessed(tmp_path: Path) -> None:
    """A name that could be somebody's answer is never dropped unasked; a page beside the answers does not matter."""
    folder = laid(tmp_path / "hw", {**CANVAS, "late.py": b"x", "grades.csv": b""})

    guessed, named = found(folder), found(folder, layout="canvas")

    assert set(guessed.by_id) == {"doejane_1001_55501_hw1", "roejo_1002_55502_hw1", "late"}
    assert guessed.told == [
        "hw is not taken for a download from Canvas because of late.py; with --layout canvas it is."
    ]
    assert set(named.by_id) == {"doejane_1001", "roejo_1002"}
    assert named.told == ["left aside in hw, as not from Canvas: late.py."]


@pytest.mark.parametrize("kind", DOWNLOADS)
def test_another_layout_than_named_is_a_wrong_argument(tmp_path: Path, kind: str) -> None:
    """One sentence says what was expected."""
    other = "moodle" if kind == "canvas" else "canvas"
    folder = laid(tmp_path / "hw", DOWNLOADS[other])

    with pytest.raises(UsageError, match=r"^hw is no download from \w+: expected .*`.*`.*\.$"):
        found(folder, layout=kind)
    with pytest.raises(UsageError, match=r"is no download from \w+: give its zip"):
        found(laid(tmp_path, {"x.py": b""}) / "x.py", layout=kind)


def test_a_damaged_download_is_a_wrong_argument(tmp_path: Path) -> None:
    """Who names a layout gives a class: it is no student's fault that the zip is damaged."""
    (tmp_path / "hw.zip").write_bytes(b"PK\3\4 and no more")

    with pytest.raises(UsageError, match=r"^hw.zip cannot be unpacked: hw.zip is damaged"):
        found(tmp_path / "hw.zip", layout="canvas")


def test_several_downloads_have_to_be_named(tmp_path: Path) -> None:
    """Of several arguments each is one student's, unless staff say that they are downloads; nobody is swapped."""
    one, two = packed(tmp_path / "a.zip", layouts.canvas([JANE])), packed(tmp_path / "b.zip", layouts.canvas([ROE]))

    both = found(one, two, layout="canvas")
    twice = found(one, laid(tmp_path / "again", layouts.canvas([JANE])), layout="canvas")

    assert set(found(one, two).by_id) == {"a", "b"}
    assert set(both.by_id) == {"doejane_1001", "roejo_1002"}
    assert set(twice.by_id) == {"doejane_1001", "doejane_1001-2"}
    assert twice.told == ["2 submissions have the same user, 1001: doejane, doejane."]


# Layouts of other packages


def test_a_layout_of_another_package_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point of the group `grader.layouts` adds a layout, to be named or recognised."""
    monkeypatch.syspath_prepend(install(tmp_path / "site", "letters = letterbox:LAYOUT"))
    folder = laid(tmp_path / "hw", {"from-ann.py": b"a", "from-bob b.py": b"b"})

    auto, named = found(folder), found(folder, layout="letters")

    assert auto.told == ["hw is taken for a download from the letter box: the names in it are like `from-ann.py`."]
    assert auto.by_id == named.by_id
    assert [(one.student, one.main) for one in auto.by_id.values()] == [("Ann", "hw1.py"), ("Bob B", "hw1.py")]
    assert auto.by_id["ann"].handin.notes == ("By hand.",)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("canvas = letterbox:LAYOUT", "two layouts are called 'canvas'; letterbox:LAYOUT has to take another name"),
        ("letters = letterbox:NONE", "the layout 'letters' (letterbox:NONE) cannot be had: AttributeError"),
    ],
)
def test_a_broken_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, points: str, said: str) -> None:
    """A layout that cannot be had, or that takes another's name, is a wrong configuration."""
    monkeypatch.syspath_prepend(install(tmp_path / "site", points))

    with pytest.raises(UsageError) as raised:
        found(laid(tmp_path / "hw", CANVAS))

    assert said in str(raised.value)


def test_an_unknown_layout_is_a_wrong_argument() -> None:
    """The sentence lists what there is."""
    with pytest.raises(UsageError, match="there is no layout called 'canvass'; there are auto, files, canvas, moodle"):
        known("canvass")


# Names that mean harm

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
    make = {"canvas": layouts.canvas, "blackboard": layouts.blackboard}[kind]

    one = found(laid(tmp_path / "hw", make([replace(JANE, files={file: b"x", "hw1.py": b"jane"}), ROE])))

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

    assert {key.rpartition("_")[2] for key in one} == {"1", "3"}  # what begins with a dot is a leftover
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
