"""`grade diff`, through the command: whose score changed, by how much and by which check."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.command import GRADE, MINI, grade, run_mini

RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"
ZERO = "def double(x):\n    return x\n\ndef total(x):\n    return 0.0\n"
HALF = "def double(x):\n    return x\n\ndef total(x):\n    return float(x.sum())\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Grade a class into `old`; then, with other checks of double, Cem's other file, and Dan, into a copy, `new`."""
    root = tmp_path_factory.mktemp("diff")
    (root / "class").mkdir()
    for name, source in (("amy", RIGHT), ("bob", HALF), ("cem", RIGHT)):
        (root / "class" / f"{name}.py").write_text(source)
    assert run_mini(root / "old", [root / "class"]).code == 0
    shutil.copytree(root / "old", root / "new")
    (root / "class" / "cem.py").write_text(ZERO)
    (root / "class" / "dan.py").write_text(RIGHT)
    course = root / "course"
    shutil.copytree(MINI, course)
    checks = course / "solutions" / "mini" / "checks.py"
    text = checks.read_text()
    changed = text.replace("assert_close(y, solution.double(x)", "assert_close(y, x", 1)
    changed = changed.replace("assert_close(y, 2 * x", "assert_close(y, x", 1)
    assert changed != text
    checks.write_text(changed)
    assert run_mini(root / "new", [root / "class"], course=course).code == 0
    return root


def _json(*arguments: str | Path) -> dict[str, Any]:
    done = grade("diff", *arguments, "--json")
    assert done.code == 0, done.err
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_two_folders_are_compared_by_student_and_check(place: Path) -> None:
    """Each whose score changed is told with the points, and each check with how it ended before and after."""
    found = _json(place / "old", place / "new")
    changes = {one["id"]: one for one in found["changed"]}

    assert (found["compared"], found["only_old"], found["only_new"]) == (3, [], ["dan"])
    assert {name: one["difference"] for name, one in changes.items()} == {"amy": -3.0, "bob": 3.0, "cem": -7.0}
    assert [(check["id"], check["old_outcome"], check["new_outcome"]) for check in changes["amy"]["checks"]] == [
        ("check_double_values", "passed", "failed"),
        ("check_double_shape", "passed", "skipped"),
    ]


def test_who_handed_in_anew_is_told_apart(place: Path) -> None:
    """A score that changed because the files did is no matter of the checks."""
    found = _json(place / "old", place / "new")

    assert {one["id"] for one in found["changed"] if one["resubmitted"]} == {"cem"}


def test_one_folder_is_compared_with_what_it_held_before(place: Path) -> None:
    """The same files graded twice are compared; who handed in anew, or was graded once, is not among them."""
    found = _json(place / "new")

    assert found["compared"] == 2
    assert {one["id"]: one["difference"] for one in found["changed"]} == {"amy": -3.0, "bob": 3.0}


def test_plain_lines_say_the_same(place: Path) -> None:
    """Not on a terminal: how many changed, each check with how many, each student with points and outcomes."""
    done = grade("diff", place / "old", place / "new")

    assert done.code == 0
    assert done.out.splitlines() == [
        f"mini: the latest results of 3 students, from {place / 'old'} to {place / 'new'}.",
        "3 of 3 students changed. By check:",
        "  check_double_values: 1 gained, 1 lost",
        "  check_double_shape: 1 gained, 1 lost",
        "  check_sum_of_three: 0 gained, 1 lost",
        "  check_sum_of_four: 0 gained, 1 lost",
        "  check_total_fresh: 0 gained, 1 lost",
        "amy: 10 of 10 -> 7 of 10 (-3)",
        "  -2 check_double_values: passed -> failed",
        "  -1 check_double_shape: passed -> skipped",
        "bob: 7 of 10 -> 10 of 10 (+3)",
        "  +2 check_double_values: failed -> passed",
        "  +1 check_double_shape: skipped -> passed",
        "cem, handed in anew: 10 of 10 -> 3 of 10 (-7)",
        "  -2 check_sum_of_three: passed -> failed",
        "  -3 check_sum_of_four: passed -> failed",
        "  -2 check_total_fresh: passed -> failed",
        f"Only in {place / 'new'}: dan",
    ]


def test_a_terminal_gets_a_table(place: Path) -> None:
    """On a terminal the students stand in a table."""
    ours, theirs = pty.openpty()
    command = [*GRADE, "diff", str(place / "old"), str(place / "new")]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    done = subprocess.run(command, stdout=theirs, env=environment, check=False)  # noqa: S603 - our own command
    os.close(theirs)
    shown = b""
    try:
        while data := os.read(ours, 65536):
            shown += data
    except OSError:  # that is how a terminal ends
        pass
    os.close(ours)

    assert done.returncode == 0
    assert "│ bob" in shown.decode()
    assert "+2 check_double_values: failed -> passed" in shown.decode()


def test_it_says_so_when_nothing_changed(place: Path) -> None:
    """Equal results are told in a sentence, and so is a folder where nothing was graded twice."""
    assert grade("diff", place / "old", place / "old").out.endswith("Nothing changed.\n")
    assert grade("diff", place / "old").out.endswith("there is nothing to compare.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere holds no gradebook.sqlite: give the folder of results of a `grade run`."),
        (["old", "nowhere"], "nowhere holds no gradebook.sqlite"),
        (["old", "new", "--assignment", "maxi"], "maxi is not among them"),
        ([], "OLD"),
    ],
)
def test_a_wrong_folder_gets_one_sentence(place: Path, arguments: list[str], words: str) -> None:
    """What is no folder of results is refused with exit code 2 and no traceback."""
    done = grade("diff", *arguments, cwd=place)

    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert "Traceback" not in done.err
