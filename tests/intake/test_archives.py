"""Archives as submissions, through the real command: what is right is graded, and what is hostile gets a sentence."""

from __future__ import annotations

import gzip
import os
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.results import Result
from tests.command import MINI, Ran, grade, results
from tests.intake import makers
from tests.intake.makers import RIGHT, member, right_tar, zipped
from tests.traces import left_since, look

pytestmark = pytest.mark.slow

HELPED = b"from helper import twice\n" + RIGHT.replace(b"x + x", b"twice(x)")
HELPER = b"def twice(x):\n    return 2 * x\n"
BOMB = bytes(30_000_000)
FULL = bytes(19_000_000)


def graded_right(outside: Path) -> dict[str, bytes]:
    """Make archives that hold a right answer, with whatever beside it is left aside or is nobody's business."""
    return {
        "plain.zip": zipped({"mini.py": RIGHT}),
        "stored.zip": zipped({"mini.py": RIGHT}, 0),
        "lzma.zip": zipped({"mini.py": RIGHT}, 14),
        "CAPITALS.ZIP": zipped({"mini.py": RIGHT}),
        "named_wrong.zip": right_tar("gz"),
        "case.zip": zipped({"mini.py": RIGHT, "plot.png": b"", "plot.PNG": b""}),
        "plain.v2.tar": right_tar(),
        "gz.tar.gz": right_tar("gz"),
        "tgz.tgz": right_tar("gz"),
        "bz2.tar.bz2": right_tar("bz2"),
        "xz.tar.xz": right_tar("xz"),
        "wrapped.zip": zipped({"my work/helper.py": HELPER, "my work/mini.py": HELPED}),
        "windows.zip": zipped({"my work\\sub\\mini.py": HELPED, "my work\\sub\\helper.py": HELPER}),
        "mac.zip": zipped({"hw/mini.py": RIGHT, "__MACOSX/hw/._mini.py": b"\0\5\x16\7", "hw/.DS_Store": b"\0"}),
        "umlaut.zip": zipped({"mini.py": RIGHT, "Ubung/Lösung.txt": b"", "a\nb\x1b[31m\u202e.txt": b""}),
        "links.zip": makers.linked_zip(),
        "special.tar": right_tar(
            "",
            member("passwords.txt", kind=tarfile.SYMTYPE, link="/etc/passwd"),
            member("up", kind=tarfile.SYMTYPE, link=str(outside)),
            member("up/escaped.txt"),
            member("hard.txt", kind=tarfile.LNKTYPE, link="/etc/passwd"),
            member("pipe", kind=tarfile.FIFOTYPE),
            member("disk", kind=tarfile.BLKTYPE),
            member("tty", kind=tarfile.CHRTYPE),
            member("folder/", kind=tarfile.DIRTYPE),
        ),
        "venv.tar.gz": right_tar("gz", *(member(f"venv/{number}.py") for number in range(3000))),
        "shadows.zip": zipped(
            {"mini.py": RIGHT}
            | dict.fromkeys(
                ("conftest.py", "torch.py", "sitecustomize.py", "numpy/__init__.py", "pytest.ini"), b"1/0\n"
            )
        ),
        "lies_more.zip": makers.resized(zipped({"mini.py": RIGHT}), 1 << 30),
        "torch.zip": zipped({"torch/mini.py": b"import torch.nn\n" + RIGHT}),
    }


def rejected(outside: Path) -> dict[str, tuple[bytes, str]]:
    """Make archives that are turned down, each with what its sentence says."""
    up = "/".join([".."] * 12) + str(outside)
    damaged = "is damaged and cannot be unpacked; pack it again."
    unread = "is no archive of a kind that is read"
    out = "holds a name that leads out of the archive ("
    many = "There are more than 2000 files and folders; at most that many are taken."
    one = "is too large: at most 20 MB are taken of one file."
    password = "is protected by a password; hand it in without one."  # noqa: S105 - a sentence
    same = zipped({"mini.py": RIGHT, "minX.py": RIGHT}).replace(b"minX.py", b"mini.py")
    return {
        "absolute.zip": (zipped({"mini.py": RIGHT, f"{outside}/escaped.txt": b""}), out),
        "absolute_tar.tar": (right_tar("", member(f"{outside}/escaped.txt")), out),
        "up.zip": (zipped({"mini.py": RIGHT, f"{up}/escaped.txt": b""}), out),
        "up_gz.tar.gz": (right_tar("gz", member(f"a/{up}/escaped.txt")), out),
        "up_windows.zip": (zipped({"mini.py": RIGHT, "..\\..\\escaped.txt": b""}), out),
        "drive.zip": (zipped({"mini.py": RIGHT, "C:\\escaped.txt": b""}), out),
        "password.zip": (makers.flagged(zipped({"mini.py": RIGHT})), password),
        "bomb.zip": (zipped({"mini.py": RIGHT, "bomb.txt": BOMB}), f"bomb.txt {one}"),
        "bomb_xz.tar.xz": (right_tar("xz", member("bomb.txt", BOMB)), f"bomb.txt {one}"),
        "bombs.zip": (zipped({"mini.py": RIGHT} | {f"{n}.txt": FULL for n in range(6)}), "at most 100 MB are taken."),
        "lies.zip": (makers.resized(zipped({"mini.py": RIGHT}), 7), damaged),
        "many.tar.gz": (makers.many_in_a_tar(100_000), many),
        "many_zip.zip": (makers.directory_alone(100_000), many),
        "million.zip": (makers.directory_alone(400_000), many),
        "twice.zip": (same, "holds two files of the same name: mini.py."),
        "twice_tar.tar": (right_tar("", member("./mini.py")), "holds two files of the same name: mini.py."),
        "alike.tar": (right_tar("", member("a\x01"), member("a\x02")), "cannot be told apart by their names: a\ufffd."),
        "both.zip": (zipped({"mini.py": RIGHT, "mini.py/x": b""}), "cannot be told apart by their names: mini.py."),
        "name.tar": (
            right_tar("", member("n" * 4096)),
            "name is too long: it has 4096 bytes, and at most 255 are taken.",
        ),
        "deep.zip": (zipped({"d/" * 30 + "mini.py": RIGHT}), "Folders lie more than 20 deep in each other"),
        "long.zip": (
            zipped({("d" * 200 + "/") * 16 + "mini.py": RIGHT}),
            "too deep in each other for the file system.",
        ),
        "nested.zip": (zipped({"a.zip": zipped({"mini.py": RIGHT})}), "No .py or .ipynb file was handed in"),
        "hollow.zip": (zipped({}), "No .py or .ipynb file was handed in"),
        "cut.zip": (zipped({"mini.py": RIGHT})[:-30], damaged),
        "cut_gz.tar.gz": (right_tar("gz")[:-30], damaged),
        "cut_tar.tar": (right_tar()[:600], damaged),
        "header.tar": (right_tar("", member("b.txt"))[:1024] + b"\xff" * 512 + bytes(1024), damaged),
        "deflate64.zip": (
            zipped({"mini.py": RIGHT}).replace(b"\x08\x00\x00\x00!", b"\x09\x00\x00\x00!"),
            "not read; pack",
        ),
        "seven.7z": (b"7z\xbc\xaf\x27\x1c", unread),
        "rar.zip": (b"Rar!\x1a\x07\x01\x00", f"{unread} (a RAR archive); hand in a .zip or a .tar.gz."),
        "text.tgz": (gzip.compress(b"hello"), unread),
        "empty.zip": (b"", unread),
        "two.zip": (zipped({"a.py": RIGHT, "b.py": RIGHT}), "It is not clear which file to grade (a.py, b.py)"),
    }


@dataclass(frozen=True)
class Class:
    """A class of archives, graded once: its results, what each archive should come to, and what was left."""

    ran: Ran
    graded: dict[str, Result]
    right: dict[str, bytes]
    wrong: dict[str, tuple[bytes, str]]
    outside: Path
    left: set[str]
    temporary: set[str]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> Class:
    """Grade right and hostile archives in one class, beside a file and folders with an archive in them."""
    root, outside = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("outside")
    right, wrong = graded_right(outside), rejected(outside)
    for name, data in right.items() | {name: data for name, (data, _) in wrong.items()}.items():
        (root / name).write_bytes(data)
    (root / "file.py").write_bytes(RIGHT)
    for folder, names in {
        "holds": ("hw.zip",),
        "holds_more": ("hw.zip", "notes.txt"),
        "holds_two": ("a.zip", "b.zip"),
    }.items():
        (root / folder).mkdir()
        for name in names:
            (root / folder / name).write_bytes(right["wrapped.zip"])
    (root / "holds_nested").mkdir()
    (root / "holds_nested" / "hw.zip").write_bytes(zipped({"in.zip": right["plain.zip"]}))
    (root / "giant.zip").touch()
    os.truncate(root / "giant.zip", 1 << 30)
    (root / "linked.zip").symlink_to(root / "plain.zip")
    before, out = look(), tmp_path_factory.mktemp("out")
    environment = {"TMPDIR": str(temporary)}
    ran = grade("run", "mini", root, "-o", out, "--course", MINI, "--jobs", "2", env=environment)
    made = {path.name for path in temporary.iterdir() if not path.name.startswith("torchinductor")}
    return Class(ran, results(out), right, wrong, outside, left_since(before), made)


def student(name: str) -> str:
    """Cut the endings of an archive's name."""
    for ending in (".gz", ".bz2", ".xz", ".zip", ".tgz", ".7z", ".tar"):
        name = name[: -len(ending)] if name.lower().endswith(ending) else name
    return name


def test_right_answers_in_archives_are_graded(whole: Class) -> None:
    """Zip and tar, compressed or not, told by content, are graded as their files; what is no file is left aside."""
    assert whole.ran.code == 0, whole.ran.err
    found = {name: (whole.graded[student(name)].status, whole.graded[student(name)].score) for name in whole.right}

    assert found == dict.fromkeys(whole.right, ("graded", 10.0))


def test_what_is_not_taken_is_rejected_with_one_sentence(whole: Class) -> None:
    """Names that lead out, bombs, passwords, damage and floods of entries each cost their own student alone."""
    for name, (_, sentence) in whole.wrong.items():
        result = whole.graded[student(name)]

        assert (result.status, result.score) == ("rejected", 0.0), name
        assert sentence in result.message, (name, result.message)
        assert result.message.isprintable()
        assert result.message.count(". ") == 0


def test_what_is_named_is_what_was_unpacked(whole: Class) -> None:
    """The results name the unpacked files, without the folder that they all lie in, in printable letters."""
    files = {name: whole.graded[name].submission.files for name in ("wrapped", "windows", "mac", "umlaut", "special")}

    assert files == {
        "wrapped": ("helper.py", "mini.py"),
        "windows": ("helper.py", "mini.py"),
        "mac": ("mini.py",),
        "umlaut": ("Ubung/L\u00f6sung.txt", "a\ufffdb\ufffd[31m.txt", "mini.py"),
        "special": ("mini.py", "up/escaped.txt"),
    }
    assert whole.graded["plain"].submission.sha256 == whole.graded["stored"].submission.sha256
    assert whole.graded["plain"].submission.sha256 != whole.graded["wrapped"].submission.sha256


def test_a_folder_with_one_archive_is_that_archive(whole: Class) -> None:
    """A student's folder with an archive and nothing to grade is unpacked, by one level; of two none is chosen."""
    found = {name: whole.graded[name].score for name in ("holds", "holds_more", "holds_two", "holds_nested", "file")}

    assert found == {"holds": 10.0, "holds_more": 10.0, "holds_two": 0.0, "holds_nested": 0.0, "file": 10.0}
    assert whole.graded["holds_nested"].message.startswith("No .py or .ipynb file was handed in")


def test_an_archive_is_not_read_before_it_is_looked_at(whole: Class) -> None:
    """One of a gigabyte, and a link, are rejected as a file would be."""
    assert whole.graded["giant"].message == (
        "giant.zip is too large: it has 1073.7 MB, and at most 100.0 MB are taken."
    )
    assert whole.graded["linked"].message.startswith("linked.zip is a symbolic link")


def test_nothing_is_written_outside_and_nothing_is_left(whole: Class) -> None:
    """No file has come where names pointed to, and neither files nor processes outlive the run."""
    assert list(whole.outside.iterdir()) == []
    assert whole.left == set()
    assert whole.temporary == set()
