"""Tests of `grader.intake.files`: which submissions a folder holds, and which file of each is graded."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import Rejected, UsageError
from grader.intake.files import discover
from grader.submission import (
    MAX_ID_BYTES,
    MAX_ID_CHARS,
    Limits,
    Submission,
    SubmittedFile,
    display_text,
    read_files,
    safe_id,
    with_unique_ids,
)

STUBS = {"sinenet.py": b"# stub\n", "sinenet.ipynb": b'{"cells": []}\n'}
NO_FILE = "No .py or .ipynb file was handed in; expected sinenet.py or sinenet.ipynb."
BOTH = "Both sinenet.py and sinenet.ipynb were handed in; "


def lay(root: Path, *names: str | bytes, **contents: bytes) -> Path:
    """Make files below `root`, each with its own name as its content; a name that ends in `/` is a folder."""
    for name in [*names, *contents]:
        path = os.path.join(os.fsencode(root), os.fsencode(name))  # noqa: PTH118 - Path cannot hold bytes
        folder = path if path.endswith(b"/") else os.path.dirname(path)  # noqa: PTH120 - as above
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
        if not path.endswith(b"/"):
            with open(path, "wb") as file:  # noqa: PTH123 - as above
                file.write(contents.get(os.fsdecode(name), os.fsencode(name)))
    return root


def find(*paths: Path, limits: Limits = Limits()) -> list[Submission]:  # noqa: B008 - frozen
    """Discover the submissions of the assignment that these tests hand in."""
    return discover(paths, "sinenet", STUBS, limits)


def only(*paths: Path, limits: Limits = Limits()) -> Submission:  # noqa: B008 - frozen
    """Discover what must be a single submission."""
    (submission,) = find(*paths, limits=limits)
    return submission


def mains(submissions: list[Submission]) -> dict[str, str | None]:
    """Tell which file of each submission is graded, by id."""
    return {submission.id: submission.main for submission in submissions}


# Arguments


@pytest.mark.parametrize("name", ["jane.py", "jane.ipynb", "sinenet.py"])
def test_a_file_is_one_submission(tmp_path: Path, name: str) -> None:
    """A file is one submission, named after the student or, alone, after the assignment."""
    submission = only(lay(tmp_path, name, "other.py") / name)

    expected = Submission(Path(name).stem, Path(name).stem, (SubmittedFile(name, tmp_path / name),), name)
    assert submission == expected


def test_the_assignments_file_from_many_folders_is_named_after_them(tmp_path: Path) -> None:
    """`a/sinenet.py b/sinenet.ipynb` are the students a and b."""
    lay(tmp_path, "a/sinenet.py", "b/sinenet.ipynb")

    found = find(tmp_path / "a/sinenet.py", tmp_path / "b/sinenet.ipynb")

    assert mains(found) == {"a": "sinenet.py", "b": "sinenet.ipynb"}


def test_two_attempts_given_as_files_are_one_submission(tmp_path: Path) -> None:
    """`sinenet.py sinenet.ipynb` of one folder are one student's."""
    lay(tmp_path, "sinenet.py", "sinenet.ipynb")

    assert mains(find(tmp_path / "sinenet.ipynb", tmp_path / "sinenet.py")) == {"sinenet": "sinenet.py"}


def test_an_argument_given_twice_counts_once(tmp_path: Path) -> None:
    """The same path in two spellings is one submission."""
    lay(tmp_path, "jane.py", "sub/")

    assert only(tmp_path / "jane.py", tmp_path / "sub" / ".." / "jane.py").id == "jane"


def test_the_current_folder_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`.` is named after the folder that it is."""
    lay(tmp_path, "jane/sinenet.py")
    monkeypatch.chdir(tmp_path / "jane")

    assert only(Path()).id == "jane"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing.py", "missing.py does not exist: give a .py, an .ipynb, an archive or a folder."),
        ("jane.zip", "jane.zip: archives are not read here: unpack it and give the folder."),
        ("jane.tar.gz", "jane.tar.gz: archives are not read here: unpack it and give the folder."),
        ("notes.txt", "notes.txt is no submission: give a .py, an .ipynb, an archive or a folder."),
        ("empty", "empty holds no .py or .ipynb file, and no folder for each student."),
        ("papers", "papers holds no .py or .ipynb file, and no folder for each student."),
        ("mixed", "jane.zip: archives are not read here: unpack it and give the folder."),
        ("notes.txt/jane.py", "jane.py cannot be read: "),
    ],
)
def test_a_wrong_argument_is_said_in_one_line(tmp_path: Path, name: str, sentence: str) -> None:
    """What staff typed wrong is one line that says what would be right."""
    lay(
        tmp_path,
        "jane.zip",
        "jane.tar.gz",
        "notes.txt",
        "empty/",
        "papers/a.txt",
        "mixed/jane.zip",
        "mixed/bob.py",
    )

    with pytest.raises(UsageError) as caught:
        find(tmp_path / name)

    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


# Folders


@pytest.mark.parametrize("name", ["sinenet.py", "sinenet.ipynb"])
def test_a_folder_with_the_assignments_file_is_one_submission(tmp_path: Path, name: str) -> None:
    """Helpers and data beside the assignment's file are taken along, from sub-folders too."""
    folder = lay(tmp_path / "Jane", name, "helper.py", "data/points.csv", ".hidden", "__pycache__/x.pyc")

    submission = only(folder)

    assert (submission.id, submission.student, submission.main) == ("Jane", "Jane", name)
    assert [file.name for file in submission.files] == sorted([name, "helper.py", "data/points.csv"])
    assert read_files(submission)["data/points.csv"] == b"data/points.csv"


def test_any_other_folder_is_a_class(tmp_path: Path) -> None:
    """Every `.py`, `.ipynb` and folder is a submission, an empty folder too; other files are none."""
    folder = lay(tmp_path, "bob.ipynb", "amy.py", "cem/work.py", "dan/", "eva/notes.txt", "grades.csv")

    found = find(folder)

    assert mains(found) == {"amy": "amy.py", "bob": "bob.ipynb", "cem": "work.py", "dan": None, "eva": None}
    assert [one.rejection for one in found] == [None, None, None, NO_FILE, NO_FILE]


@pytest.mark.parametrize(
    "students", [["amy/sinenet.py", "bob/src/work.ipynb"], ["amy.py", "bob.IPYNB"], ["a/x.py", "b.py"]]
)
@pytest.mark.parametrize("left", [["sinenet.py"], ["sinenet.ipynb"], ["sinenet.py", "sinenet.ipynb"]])
def test_a_stub_beside_the_students_is_left_aside(tmp_path: Path, students: list[str], left: list[str]) -> None:
    """The file as it was handed out, at the top of a class, makes the class no submission, and staff are told."""
    folder = lay(tmp_path / "class", *students, "grades.csv", **{name: STUBS[name] for name in left})
    told: list[str] = []

    found = discover([folder], "sinenet", STUBS, tell=told.append)

    assert [one.id for one in found] == sorted(Path(name).parts[0].split(".")[0] for name in students)
    assert told == [f"{' and '.join(sorted(left))} in {folder} is left aside: it is the unchanged stub."]


@pytest.mark.parametrize(
    "names",
    [
        ["data/points.csv", "empty/"],
        ["new/sinenet.py"],
        ["src/work.py", "data/points.csv"],
        ["work.py", "work.ipynb"],
        ["sinenet (1).py", "helper.py", "more.py"],
    ],
)
def test_a_stub_beside_what_one_student_has_is_one_submission(tmp_path: Path, names: list[str]) -> None:
    """A folder with the stub and one other answer, or a copy of the assignment's file, is one student's."""
    folder = lay(tmp_path / "jane", *names, **{"sinenet.py": STUBS["sinenet.py"]})

    assert only(folder).id == "jane"


def test_a_changed_file_makes_a_folder_one_submission(tmp_path: Path) -> None:
    """Whatever lies beside it: only the stub, to the byte, is left aside."""
    folder = lay(tmp_path / "jane", "amy/sinenet.py", "bob/sinenet.py", "sinenet.py")

    assert mains([only(folder)]) == {"jane": "sinenet.py"}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["b.PY", "c.IPYNB", "d.Py"], {"b": "b.PY", "c": "c.IPYNB", "d": "d.Py"}),
        (["jane/sinenet.PY", "jane/helper.py"], {"jane": "sinenet.PY"}),
        (["jane/work.IPYNB"], {"jane": "work.IPYNB"}),
        (["jane.PY", "jane.ipynb"], {"jane": "jane.PY"}),
    ],
)
def test_endings_count_in_upper_case_too(tmp_path: Path, names: list[str], expected: dict[str, str]) -> None:
    """An ending that some system wrote in capitals makes a submission like any other."""
    folder = lay(tmp_path / "class", *names)

    assert mains(find(folder)) == expected


def test_a_folder_with_the_assignments_file_in_capitals_is_one_submission(tmp_path: Path) -> None:
    """`sinenet.PY` is the assignment's file, and `b.IPYNB` an argument like any other."""
    assert mains(find(lay(tmp_path, "b.IPYNB") / "b.IPYNB")) == {"b": "b.IPYNB"}
    assert mains(find(lay(tmp_path / "jane", "sinenet.PY", "helper.py"))) == {"jane": "sinenet.PY"}


def test_many_arguments_are_one_class(tmp_path: Path) -> None:
    """Files and folders may be mixed; the order of arguments changes nothing."""
    lay(tmp_path, "class/amy/sinenet.py", "class/bob/sinenet.py", "late/sinenet.py", "zoe.py")
    paths = [tmp_path / "zoe.py", tmp_path / "late", tmp_path / "class"]

    found = find(*paths)

    assert found == find(*reversed(paths))
    assert [one.id for one in found] == ["amy", "bob", "late", "zoe"]


def test_leftovers_of_systems_are_no_students(tmp_path: Path) -> None:
    """What systems, editors and tools leave in a class folder is skipped, and so are the released checks."""
    leftovers = [".DS_Store", "._amy.py", ".hidden.py", "Thumbs.db", "desktop.ini", "public_checks.py"]
    folders = ["__MACOSX", "__pycache__", ".ipynb_checkpoints", ".git", ".venv", "venv", "node_modules"]
    folder = lay(tmp_path, "amy.py", *leftovers, *(f"{name}/sinenet.py" for name in folders))

    assert mains(find(folder)) == {"amy": "amy.py"}


def test_leftovers_are_no_answers(tmp_path: Path) -> None:
    """Leftovers inside a student's folder are neither graded nor taken along."""
    junk = ["__MACOSX/._sinenet.py", ".ipynb_checkpoints/sinenet.ipynb", "venv/lib/torch.py", "._work.py"]
    folder = lay(tmp_path / "class", "jane/work.py", *(f"jane/{name}" for name in junk))

    assert [file.name for file in only(folder).files] == ["work.py"]


def test_py_and_ipynb_of_one_student_are_two_attempts(tmp_path: Path) -> None:
    """`jane.py` beside `jane.ipynb` is one submission, and the note says which was graded."""
    submission = only(lay(tmp_path, "jane.py", "jane.ipynb"))

    assert (submission.id, submission.main) == ("jane", "jane.py")
    assert submission.note == "Both jane.py and jane.ipynb were handed in; jane.py was graded."


def test_an_untouched_stub_is_not_the_attempt(tmp_path: Path) -> None:
    """`jane.py` that is the stub gives way to `jane.ipynb`."""
    submission = only(lay(tmp_path, "jane.ipynb", **{"jane.py": STUBS["sinenet.py"]}))

    assert submission.main == "jane.ipynb"
    assert submission.note == (
        "Both jane.py and jane.ipynb were handed in; jane.ipynb was graded: the rest is the unchanged stub."
    )


# The main file of a student's folder


@pytest.mark.parametrize(
    ("names", "main"),
    [
        (["sinenet.py", "helper.py"], "sinenet.py"),
        (["src/sinenet.py", "helper.py", "main.py"], "src/sinenet.py"),
        (["old/backup/sinenet.py", "new/sinenet.ipynb"], "new/sinenet.ipynb"),
        (["sinenet.ipynb", "old/sinenet.py"], "sinenet.ipynb"),
        (["work.py"], "work.py"),
        (["deep/er/work.ipynb", "data.csv"], "deep/er/work.ipynb"),
        (["work.py", "public_checks.py", "pkg/__init__.py"], "work.py"),
        (["work.py", "work.ipynb"], "work.py"),
        (["sinenet (1).py", "helper.py"], "sinenet (1).py"),
        (["sinenet-1.py", "helper.py"], "sinenet-1.py"),
        (["sinenet (1).py", "sinenet.py"], "sinenet.py"),
        (["sinenet (9).py", "sinenet (10).py", "helper.py"], "sinenet (10).py"),
        (["Copy of sinenet.ipynb", "helper.py"], "Copy of sinenet.ipynb"),
        (["sinenet - Copy.py", "helper.py"], "sinenet - Copy.py"),
        (["SineNet.py", "helper.py"], "SineNet.py"),
        (["sinenet (1).ipynb", "sinenet (1).py"], "sinenet (1).py"),
    ],
)
def test_the_main_file_is_found(tmp_path: Path, names: list[str], main: str) -> None:
    """The assignment's name wins, nearest to the top; then a copy's name; then the only answer there is."""
    submission = only(lay(tmp_path / "class", *(f"jane/{name}" for name in names)))

    assert (submission.main, submission.rejection) == (main, None)
    assert len(submission.files) == len(names)


@pytest.mark.parametrize(
    "names",
    [
        ["a.py", "b.py"],
        ["a.py", "b.ipynb"],
        ["main.py", "lib/helper.py"],
        ["one/sinenet.py", "two/sinenet.py"],
        ["mysinenet.py", "sinenets.py"],
    ],
)
def test_an_unclear_main_file_is_rejected(tmp_path: Path, names: list[str]) -> None:
    """Where several files could be meant, the sentence names them and the name to use."""
    submission = only(lay(tmp_path / "class", *(f"jane/{name}" for name in names)))

    listed = ", ".join(sorted(names))
    sentence = f"It is not clear which file to grade ({listed}); name it sinenet.py or sinenet.ipynb."
    assert (submission.main, submission.rejection) == (None, sentence)


def test_many_candidates_are_not_all_listed(tmp_path: Path) -> None:
    """A sentence stays short, however many files there are."""
    submission = only(lay(tmp_path / "class", *(f"jane/part{number}.py" for number in range(9))))

    assert "part4.py and 4 more)" in str(submission.rejection)


@pytest.mark.parametrize(
    ("contents", "main", "note"),
    [
        ({"sinenet.py": b"1", "sinenet.ipynb": b"2"}, "sinenet.py", BOTH + "sinenet.py was graded."),
        (
            STUBS | {"sinenet.ipynb": b"2"},
            "sinenet.ipynb",
            BOTH + "sinenet.ipynb was graded: the rest is the unchanged stub.",
        ),
        (
            STUBS | {"sinenet.py": b"1"},
            "sinenet.py",
            BOTH + "sinenet.py was graded: the rest is the unchanged stub.",
        ),
        (STUBS, "sinenet.py", BOTH + "sinenet.py was graded."),
        (
            {"a.py": STUBS["sinenet.py"], "b.py": b"1"},
            "b.py",
            "Both a.py and b.py were handed in; b.py was graded: the rest is the unchanged stub.",
        ),
        (
            {"sinenet.py": STUBS["sinenet.py"], "work.py": b"1"},
            "work.py",
            "Both sinenet.py and work.py were handed in; work.py was graded: the rest is the unchanged stub.",
        ),
        (
            {"sinenet.py": STUBS["sinenet.py"], "a.py": b"1", "b.py": b"2"},
            "sinenet.py",
            "a.py, b.py, sinenet.py were handed in; sinenet.py was graded.",
        ),
        ({"sinenet.py": STUBS["sinenet.py"]}, "sinenet.py", ""),
        ({"sinenet.py": b"1", "helper.py": b"2"}, "sinenet.py", ""),
    ],
)
def test_an_untouched_stub_counts_only_alone(
    tmp_path: Path, contents: Mapping[str, bytes], main: str, note: str
) -> None:
    """A file identical to the released stub gives way to any other answer, and the note says so."""
    lay(tmp_path / "class", **{f"jane/{name}": data for name, data in contents.items()})

    submission = only(tmp_path / "class")

    assert (submission.main, submission.note) == (main, note)


# What is not read


def test_links_are_never_followed(tmp_path: Path) -> None:
    """A link is no submission, in a class and as an argument, and one beside an answer is not taken along."""
    lay(tmp_path, "secret/sinenet.py", "class/jane/work.py", "class/note.txt")
    (tmp_path / "class/amy.py").symlink_to(tmp_path / "secret/sinenet.py")
    (tmp_path / "class/bob").symlink_to(tmp_path / "secret")
    (tmp_path / "class/cem.py").symlink_to(tmp_path / "nowhere")
    (tmp_path / "class/jane/data.csv").symlink_to(tmp_path / "secret/sinenet.py")
    (tmp_path / "class/jane/sinenet.py").symlink_to(tmp_path / "secret/sinenet.py")
    (tmp_path / "class/jane/more").symlink_to(tmp_path / "secret")

    found = find(tmp_path / "class")

    assert mains(found) == {"amy": None, "bob": None, "cem": None, "jane": "work.py"}
    assert all("is a symbolic link" in str(one.rejection) for one in found[:3])
    assert [file.name for file in found[3].files] == ["work.py"]
    assert "is a symbolic link" in str(only(tmp_path / "class/amy.py").rejection)
    assert "is a symbolic link" in str(only(tmp_path / "class/bob").rejection)


def test_a_link_made_after_the_look_is_not_read(tmp_path: Path) -> None:
    """A file swapped for a link between discovery and reading is turned down."""
    submission = only(lay(tmp_path, "jane.py", "secret.txt") / "jane.py")
    (tmp_path / "jane.py").unlink()
    (tmp_path / "jane.py").symlink_to(tmp_path / "secret.txt")

    with pytest.raises(Rejected, match=r"^jane\.py is a symbolic link"):
        read_files(submission)


def test_what_is_no_plain_file_is_not_read(tmp_path: Path) -> None:
    """Pipes and sockets block nothing, whether found at once or swapped in later."""
    lay(tmp_path, "class/jane/work.py", "class/late.py", "class/later.py")
    os.mkfifo(tmp_path / "class/pipe.py")
    os.mkfifo(tmp_path / "class/jane/sinenet.py")
    found = {one.id: one for one in find(tmp_path / "class")}

    assert found["pipe"].rejection == "pipe.py is not a plain file."
    assert found["jane"].main == "work.py"

    (tmp_path / "class/late.py").unlink()
    os.mkfifo(tmp_path / "class/late.py")
    with pytest.raises(Rejected, match=r"^late\.py is not a plain file\.$"):
        read_files(found["late"])

    (tmp_path / "class/later.py").unlink()
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{folder}/s")  # a socket's path must be short
        os.rename(f"{folder}/s", tmp_path / "class/later.py")  # noqa: PTH104 - one call
        with pytest.raises(Rejected, match=r"^later\.py is not a plain file\.$"):
            read_files(found["later"])


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(max_file_bytes=9), "big.bin is too large: it has 10 bytes, and at most 9 bytes are taken."),
        (
            Limits(max_total_bytes=19),
            "The files are too large together: they have 20 bytes, and at most 19 bytes are taken.",
        ),
        (Limits(max_files=3), "There are more than 3 files and folders; at most that many are taken."),
        (Limits(max_depth=1), "Folders lie more than 1 deep in each other; at most that many are taken."),
        (Limits(max_name=9), "A file's name is too long: it has 10 bytes, and at most 9 are taken."),
    ],
)
def test_what_is_too_large_is_rejected(tmp_path: Path, limits: Limits, sentence: str) -> None:
    """Above a limit a submission is rejected with limit and size; the others of its class are not touched."""
    big = {"jane/big.bin": b"x" * 10, "jane/sinenet.py": b"x" * 10, "bob/work.py": b"x"}
    folder = lay(tmp_path, "jane/deep/er/", **big)

    bob, jane = find(folder, limits=limits)

    assert (bob.rejection, jane.rejection, jane.main) == (None, sentence, None)
    with pytest.raises(Rejected, match=r"taken\.$"):
        read_files(jane)


def test_a_file_that_is_too_large_is_rejected(tmp_path: Path) -> None:
    """A single file has the same limit, also when it grows after discovery."""
    lay(tmp_path, **{"jane.py": b"x" * 200_000})

    assert only(tmp_path / "jane.py", limits=Limits(max_file_bytes=100_000)).rejection == (
        "jane.py is too large: it has 0.2 MB, and at most 0.1 MB are taken."
    )

    submission = only(tmp_path / "jane.py", limits=Limits(max_file_bytes=200_000, max_total_bytes=200_000))
    (tmp_path / "jane.py").write_bytes(b"x" * 200_001)
    with pytest.raises(Rejected, match="too large"):
        read_files(submission)


def test_the_default_limits_are_taken_whole(tmp_path: Path) -> None:
    """Two thousand files twenty folders deep are still a submission."""
    deep = "/".join(f"d{number}" for number in range(20))
    folder = lay(tmp_path / "jane", "sinenet.py", f"{deep}/x.txt", *(f"{number}.txt" for number in range(1978)))

    assert only(folder).rejection is None
    assert "more than 2000" in str(only(lay(folder, "one.txt", "more.txt")).rejection)


# Names


def test_names_that_cannot_be_shown_do_not_get_out(tmp_path: Path) -> None:
    """Bytes that are no UTF-8, newlines, escapes and bidi controls leave neither by id nor by name."""
    names = [
        b"\xff\xfe.py",
        b"a\nb.py",
        b"\x1b[31m.py",
        "x\u202egnp.py".encode(),
        b"dir\n/\xff/sinenet.py",
        b"-rf/",
    ]
    found = find(lay(tmp_path, *names))

    assert [one.id for one in found] == ["__", "__31m", "_rf", "a_b", "dir_", "x_gnp"]
    for one in found:
        texts = [one.id, one.student, *(file.name for file in one.files), one.rejection or ""]
        assert all(text.isprintable() and text == text.encode().decode() for text in texts)
    shown = {one.student for one in found}
    assert shown == {"\ufffd\ufffd", "a\ufffdb", "\ufffd[31m", "xgnp", "dir\ufffd", "-rf"}


def test_a_name_made_of_controls_leads_nowhere(tmp_path: Path) -> None:
    """A folder that would be called `..` without its invisible characters stays inside."""
    submission = only(lay(tmp_path / "class", "jane/\u200e../sinenet.py", "jane/\u200f/x.txt"))

    assert [file.name for file in submission.files] == ["_/sinenet.py", "_/x.txt"]


def test_files_that_look_the_same_are_rejected(tmp_path: Path) -> None:
    """Two names that differ only in what cannot be shown do not overwrite each other."""
    submission = only(lay(tmp_path / "class", b"jane/a\x01.py", b"jane/a\x02.py"))

    assert submission.rejection == "Two files cannot be told apart by their names: a\ufffd.py."


def test_ids_are_unique_whatever_their_case(tmp_path: Path) -> None:
    """Ids that a file system might confuse get numbers, and a name that is free stays as it is."""
    found = find(lay(tmp_path, "jane/x.py", "jane.py", "JANE/x.py", "jane-2/x.py", "jane?/x.py", "jane!/x.py"))

    assert [one.id for one in found] == ["JANE", "jane-2", "jane-3", "jane-4", "jane_", "jane_-2"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("doe_jane", "doe_jane"),
        ("Jané.Müller-3", "Jané.Müller-3"),
        ("Jane\u0301", "Jan\u00e9"),
        ("李雷", "李雷"),
        ("Doe, Jane", "Doe__Jane"),
        ("a/b\\c:d", "a_b_c_d"),
        ("..", "_"),
        (".", "_"),
        ("", "_"),
        (".bashrc", "_bashrc"),
        ("-rf", "_rf"),
        ("jane.", "jane"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("lpt1", "_lpt1"),
        ("console", "console"),
        ("x" * 300, "x" * 100),
    ],
)
def test_an_id_is_a_safe_file_name(name: str, expected: str) -> None:
    """A safe name stays as it is; what is not safe becomes an underscore."""
    assert safe_id(name) == expected


CONFUSABLE = ".-_ aAé\u0301\u0130\u0131\u017fßK\u212a2\n\ud800\u202e"
NAMES = st.text() | st.text(alphabet=CONFUSABLE) | st.sampled_from(["con", "jane-2"])


def submissions_called(names: list[str]) -> list[Submission]:
    """Make submissions with these names for ids."""
    return [Submission(name, display_text(name), (), None, rejection=str(i)) for i, name in enumerate(names)]


@given(NAMES)
def test_every_id_is_safe(name: str) -> None:
    """Whatever a folder is called, its id is a file name on every system, and its own id."""
    text = safe_id(name)

    assert 0 < len(text) <= MAX_ID_CHARS
    assert len(text.encode()) <= MAX_ID_BYTES
    assert all(char.isprintable() or char.isalpha() for char in text)
    assert not set(text) & set('<>:"/\\|?* \0')
    assert text[0] not in "-."
    assert text[-1] not in ". "
    assert text.split(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    assert safe_id(text) == text


@given(st.lists(NAMES, max_size=12))
def test_ids_are_unique_safe_and_stable(names: list[str]) -> None:
    """Ids never collide, not even where case is ignored, and the same names give the same ids."""
    found = with_unique_ids(submissions_called(names))

    ids = [one.id for one in found]
    assert len({text.casefold() for text in ids}) == len(names)
    assert len({text.upper() for text in ids}) == len(names)
    assert ids == sorted(ids)
    assert all(safe_id(text) == text for text in ids)
    assert found == with_unique_ids(submissions_called(names))


def test_ten_thousand_equal_names_are_numbered_at_once() -> None:
    """A class whose names all become one id is numbered in linear time."""
    ids = {one.id for one in with_unique_ids(submissions_called(["x" * 200] * 10_000))}

    assert len(ids) == 10_000
    assert max(map(len, ids)) == MAX_ID_CHARS


# Content


def test_the_hash_is_of_names_and_bytes(tmp_path: Path) -> None:
    """The hash changes with any byte and any other file's name, and not with the student or the graded file's name."""
    lay(
        tmp_path,
        **{"class/amy/x.py": b"1", "class/bob/x.py": b"1", "class/cem/x.py": b"2", "class/dan/y.py": b"1"},
    )
    lay(tmp_path, **{"class/eva/x.py": b"1", "class/eva/z": b"", "class/gus/z.csv": b"1"})

    amy, bob, cem, dan, eva, gus = find(tmp_path / "class")

    assert amy.sha256 == bob.sha256 == dan.sha256
    assert len({one.sha256 for one in (amy, cem, eva, gus)}) == 4
    assert len(gus.sha256) == 64
