"""Which layout is taken, what is told of it, and layouts of other packages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.intake.layouts import BUILT_IN, known
from tests import layouts
from tests.intake.found import JANE, ROE, found, judged
from tests.layouts import laid, packed

CANVAS = layouts.canvas([JANE, ROE])

DOWNLOADS = {name: layouts.download(name, [JANE, ROE], "hw1") for name in BUILT_IN}

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
        {"class/ann/hw1.py": b"a", "class/bob/mine/hw1.py": b"b"},
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
    """Where names may be those of two platforms, staff are asked."""
    when = "file_ - Oct 10, 2025 1022 AM/hw1.py"
    names = (f"10-20 - doe_1001_assignsubmission_{when}", f"11-21 - roe_1002_assignsubmission_{when}")
    archive = packed(tmp_path / "hw.zip", dict.fromkeys(names, b"x = 1\n"))

    with pytest.raises(UsageError) as raised:
        found(archive)

    assert str(raised.value) == (
        "hw.zip may be a download from Moodle or from Brightspace: "
        "say which with --layout moodle or --layout brightspace."
    )
    assert set(found(archive, layout="moodle").by_id) == {"10-20_-_doe_1001", "11-21_-_roe_1002"}


def test_numbers_in_the_name_of_an_item_are_no_ids(tmp_path: Path) -> None:
    """A download from Blackboard is none from Canvas, whatever its item is called."""
    archive = packed(tmp_path / "hw.zip", layouts.blackboard([JANE, ROE], item="HW_1_2"))

    assert set(found(archive).by_id) == {"jdoe", "jroe"}


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


def test_what_one_student_has_packed_names_no_other(tmp_path: Path) -> None:
    """A zip given alone, with names of a platform and one student in it, is that of whoever it is called after."""
    forged = {
        "canvas": {"doejane_1002_90001_hw1.py": b"x"},
        "gradescope": {"submission_1/hw1.py": b"x", "submission_metadata.yml": b"submission_1:\n  :submitters: []\n"},
        "moodle": {"Jane Doe_12345_assignsubmission_file/hw1.py": b"x"},
    }
    for name, entries in forged.items():
        (tmp_path / name).mkdir()
        packed_up = found(packed(tmp_path / name / "eve.zip", entries))
        named = found(tmp_path / name / "eve.zip", layout=name)

        assert set(packed_up.by_id) == {"eve"}, name
        assert f"with --layout {name} it is." in packed_up.told[0]
        assert "eve" not in named.by_id


def test_a_class_of_one_in_a_folder_is_recognised(tmp_path: Path) -> None:
    """What staff have unpacked themselves is a download also with one student in it."""
    one = judged(tmp_path, {"doejane_1002_90001_hw1.py": b"x"})

    assert set(one.by_id) == {"doejane_1002"}
