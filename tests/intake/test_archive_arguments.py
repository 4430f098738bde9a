"""Archives that are named as arguments, alone or among others, and what befalls those that cannot be unpacked."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import cast

import pytest

from grader.errors import SandboxError, UsageError
from grader.intake.archives import unpacker
from grader.intake.files import discover
from grader.sandbox.host import NurseryHandle
from grader.submission import Limits
from tests.command import MINI, grade, results
from tests.intake.makers import RIGHT, right_tar, zipped

pytestmark = pytest.mark.slow


def test_an_archive_may_be_a_whole_class(tmp_path: Path) -> None:
    """The one archive that staff name is what its unpacked folder would be; what is damaged is rejected, and told."""
    students = {"ann.zip": zipped({"mini.py": RIGHT}), "bob/mini.py": RIGHT, "cem.py": RIGHT, "dan/hw.zip": b"PK"}
    (tmp_path / "class.zip").write_bytes(zipped({f"class/{name}": data for name, data in students.items()}))
    (tmp_path / "gil.zip").write_bytes(b"PK\3\4 and no more")

    ran = grade("run", "mini", tmp_path / "class.zip", "-o", tmp_path / "out", "--course", MINI)
    other = grade("run", "mini", tmp_path / "gil.zip", "-o", tmp_path / "other", "--course", MINI)

    assert (ran.code, other.code) == (0, 0), ran.err + other.err
    found = {name: (one.status, one.score) for name, one in results(tmp_path / "out").items()}
    assert found == dict.fromkeys(("ann", "bob", "cem"), ("graded", 10.0)) | {"dan": ("rejected", 0.0)}
    assert "grade: gil.zip is rejected as one submission (if it is a class, unpack it and give" in other.err
    assert results(tmp_path / "other")["gil"].status == "rejected"


def test_one_of_several_archives_is_one_students(tmp_path: Path) -> None:
    """Nobody hands in for another by a file of that name in an archive, and what is no archive costs one student."""
    archives = {
        "ann.zip": zipped({"ann.py": RIGHT, "bob.py": b"def double(x):\n    return 0\n"}),
        "bob.zip": zipped({"mini.py": RIGHT}),
        "eve.tar.gz": right_tar("gz"),
        "fay.zip": zipped({"hw/homework.py": RIGHT}),
        "gil.zip": b"PK\3\4 and no more",
        "hal.zip": zipped({"notes.txt": b""}),
        "ida.zip": b"hello",
    }
    for name, data in archives.items():
        (tmp_path / name).write_bytes(data)

    ran = grade("run", "mini", *(tmp_path / name for name in archives), "-o", tmp_path / "out", "--course", MINI)

    assert ran.code == 0, ran.err
    found = {name: (one.status, one.score) for name, one in results(tmp_path / "out").items()}
    right, wrong = dict.fromkeys(("bob", "eve", "fay")), dict.fromkeys(("ann", "gil", "hal", "ida"))
    assert found == dict.fromkeys(right, ("graded", 10.0)) | dict.fromkeys(wrong, ("rejected", 0.0))


@pytest.mark.parametrize("error", [SandboxError("the nursery has ended"), OSError(28, "No space left on device")])
def test_what_we_cannot_unpack_is_not_graded(tmp_path: Path, error: Exception) -> None:
    """A wall that breaks or a full disk is no fault of the student's, and the class goes on."""
    for name in ("ann.zip", "bob.zip"):
        (tmp_path / name).write_bytes(zipped({"mini.py": RIGHT}))

    def unpack(_path: Path, _limits: Limits, _single: bool) -> Path:
        raise error

    ann, bob = discover([tmp_path], "mini", unpack=unpack)

    assert (ann.rejection, bob.rejection) == (None, None)
    assert ann.fault is not None
    assert ann.fault.startswith("ann.zip could not be unpacked here: ")


def test_an_archive_that_is_not_read_is_a_wrong_argument(tmp_path: Path) -> None:
    """Staff who name a packed file that is no archive are told which kinds are read."""
    (tmp_path / "data.tgz").write_bytes(gzip.compress(b"1, 2"))

    ran = grade("run", "mini", tmp_path / "data.tgz", "-o", tmp_path / "out", "--course", MINI)

    assert ran.code == 2
    assert "data.tgz is no archive of a kind that is read: give a .zip, a .tar or a .tar.gz" in ran.err


@pytest.mark.parametrize("name", ["ann.7z", "ann.RAR", "ann.tar.zst"])
def test_other_kinds_of_archives_do_not_get_to_a_worker(tmp_path: Path, name: str) -> None:
    """Kinds that are never read are told by the name; in a class they are that student's rejection."""
    (tmp_path / name).write_bytes(b"anything")
    (tmp_path / "bob.py").write_bytes(RIGHT)

    with unpacker(cast("NurseryHandle", None)) as unpack:
        with pytest.raises(UsageError, match="is no archive of a kind that is read: give a"):
            discover([tmp_path / name], "mini", unpack=unpack)
        ann, bob = discover([tmp_path], "mini", unpack=unpack)

    assert (ann.id, ann.rejection) == (
        "ann", f"{name} is no archive of a kind that is read; hand in a .zip or a .tar.gz.",
    )  # fmt: skip
    assert bob.rejection is None
