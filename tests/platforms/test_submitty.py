"""Submitty: `validation_results.json` is read by the rules of Submitty's dispatch, written down here again."""

from __future__ import annotations

import json
import math
import struct
from pathlib import Path
from typing import Any

import pytest

from grader.errors import UsageError
from grader.platforms import submitty
from grader.platforms.contract import Found, Surroundings
from grader.platforms.settings import Platforms
from tests.command import Ran
from tests.platforms.made import HALF, HIDDEN, HOSTILE, RAISES, RIGHT, SECRET, TEN, WRONG, line, told, unseen
from tests.platforms.places import broken_course, entry, fill

pytestmark = [pytest.mark.slow, pytest.mark.beside]

_STATUS = {"success", "failure", "warning", "information"}


def data_of(text: bytes) -> dict[str, Any]:
    """Read a result as Submitty does."""
    parsed: dict[str, Any] = json.loads(text)
    assert parsed["status"] == "success"
    data: dict[str, Any] = parsed["data"]
    assert type(data["score"]) in {int, float}
    assert isinstance(data["message"], list)
    for message in data["message"]:
        assert message["message"]
        assert message["status"] in _STATUS
    assert len(text) < 100_000
    return data


def awarded(score: float, points: int) -> int:
    """Give points as Submitty does: the score as a float of C++, clamped, and cut to a whole number."""
    single: float = struct.unpack("f", struct.pack("f", score))[0]
    return math.floor(max(0.0, min(1.0, single)) * points)


def work(folder: Path, files: dict[str, str]) -> Path:
    """Lay out the folder of a validation, as Submitty does: its own files, those of the test case, the input."""
    own = {"STDOUT.txt": "", "STDERR.txt": "", "execute_logfile.txt": "", ".submit": ""}
    case = fill(folder / "test01", own | files)
    with (case / "my_runner.out").open("wb") as file:
        file.truncate(200_000_000)
    told_us = {"method": "custom_validator", "command": "x", "actual_file": "STDOUT.txt", "testcase_prefix": "test01/"}
    (folder / "custom_validator_input.json").write_text(json.dumps(told_us | {"username": "jdoe"}))
    return folder


def graded(folder: Path, files: dict[str, str], **more: Any) -> Ran:
    """Run the entry as a validator."""
    return entry("submitty", folder, cwd=work(folder, files), **more)


def result(folder: Path) -> dict[str, Any]:
    """Read the result of a run."""
    return data_of((folder / "validation_results.json").read_bytes())


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have a file that loses points graded, as the command of a test case, which runs among the student's files."""
    folder = work(tmp_path_factory.mktemp("wrong"), {"mini.py": WRONG}) / "test01"
    (folder / "validation_results.json").write_text('{"status": "success", "data": {"score": 1}}')
    ran = entry("submitty", folder.parent, cwd=folder)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    return folder


def test_full_points(tmp_path: Path) -> None:
    """The right file has the whole score."""
    assert graded(tmp_path, {"mini.py": RIGHT}).code == 0
    assert result(tmp_path)["score"] == 1
    assert awarded(result(tmp_path)["score"], 10) == 10


def test_lost_points(wrong: Path) -> None:
    """A failed check is a failure with its hint, and the points are whole."""
    data = result(wrong)

    assert awarded(data["score"], 10) == 7
    assert [one["status"] for one in data["message"]] == [
        "information", "failure", "failure", "success", "success", "information",
    ]  # fmt: skip
    assert "Multiply by 2." in data["message"][1]["message"]


def test_hidden_is_not_named(tmp_path: Path) -> None:
    """What is hidden counts, and no word of it is in any file."""
    graded(tmp_path, {"mini.py": HALF})

    assert awarded(result(tmp_path)["score"], 10) == 7
    assert not any(word in json.dumps(result(tmp_path)) for word in HIDDEN)


def test_hostile_text(tmp_path: Path) -> None:
    """Controls in a student's error are gone, and the file is small."""
    graded(tmp_path, {"mini.py": RAISES})

    assert awarded(result(tmp_path)["score"], 10) == 0
    assert "\\u0000" not in (tmp_path / "validation_results.json").read_text()


@pytest.mark.parametrize(
    "files",
    [{}, {"mini.py": ""}, TEN],
    ids=["none", "empty", "ten"],
)
def test_nothing_to_grade(tmp_path: Path, files: dict[str, str]) -> None:
    """No file, an empty one, and ten that are not the assignment's get nothing, and are told why."""
    assert graded(tmp_path, files).code == 0
    assert result(tmp_path)["score"] == 0


def test_our_fault(tmp_path: Path) -> None:
    """Where we fail the validation has failed, in words that may be read; no secret is printed."""
    folder = work(tmp_path / "work", {"mini.py": RIGHT})
    ran = entry("submitty", folder, cwd=folder, course=broken_course(tmp_path))
    parsed = json.loads((folder / "validation_results.json").read_bytes())

    assert (ran.code, ran.out, ran.err) == (3, "", "")
    assert parsed["status"] == "fail"
    assert "not in your code" in parsed["message"]
    assert SECRET not in json.dumps(parsed)


def test_input_that_cannot_be_read(tmp_path: Path) -> None:
    """Where Submitty's input is odd, or its folder is missing, it is no student's fault."""
    path = tmp_path / "custom_validator_input.json"
    for text in ("{", "{}", '{"testcase_prefix": ""}', '{"testcase_prefix": "test02/"}'):
        path.write_text(text)
        with pytest.raises(UsageError):
            submitty.find(Surroundings(here=tmp_path))


def test_only_the_students_files(tmp_path: Path) -> None:
    """What is Submitty's own is not read, whatever its size; who has handed in is told."""
    found = submitty.find(Surroundings(here=work(tmp_path, {"mini.py": "x", "weights.pt": "y"})))

    assert sorted(found.files) == ["mini.py", "weights.pt"]
    assert found.student == "jdoe"


def answered(*lines: Any, **more: Any) -> bytes:
    """Answer an answer made by hand."""
    reply = submitty.answer(told(*lines, **more), Found(), Surroundings(), Platforms())
    return next(iter(reply.files.values()))


@pytest.mark.parametrize("most", [3, 7, 10, 30, 700, 3999])
def test_points_are_not_cut_away(most: int) -> None:
    """Whole points stay whole: neither four decimals nor a float cost one, nor give one."""
    for had in range(0, most + 1, max(1, most // 97)):
        score = data_of(answered(line(had=float(had), most=float(most))))["score"]

        assert awarded(score, most) == had


def test_all_kinds_of_hidden_and_long_texts() -> None:
    """The file stays below what a process may write, and nothing that is not visible is in it."""
    lines = [line(f"check {at}", 0, 2, HOSTILE * 300) for at in range(300)]
    data = answered(*lines, *unseen())

    assert SECRET.encode() not in data
    assert len(data_of(data)["message"]) == 301


def test_rejected_as_failure() -> None:
    """Where staff want it so, what is no submission is a failed validation."""
    rejected = told(line(had=0, most=2), status="rejected", message="no file")
    reply = submitty.answer(rejected, Found(), Surroundings(), Platforms(rejected="failure"))

    assert json.loads(next(iter(reply.files.values()))) == {"status": "fail", "message": "no file"}
