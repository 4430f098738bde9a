"""A class that is graded again and again, through the command: what the page, the table and the summary say of it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from tests.command import MINI, Ran, run_mini

RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"
HALF = "def double(x):\n    return x\n\ndef total(x):\n    return float(x.sum())\n"
POLICY = '\n[policy]\nattempt = "best"\nround_to = 4\n'


def _table(directory: Path) -> dict[str, dict[str, str]]:
    with (directory / "grades.csv").open(newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


class Class:
    """A folder of students' files and the results of its runs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.course = root / "course"
        self.out = root / "out"
        (root / "class").mkdir()
        shutil.copytree(MINI, self.course)

    def hand_in(self, **sources: str | None) -> None:
        """Write a student's file each, or take it away."""
        for name, source in sources.items():
            path = self.root / "class" / f"{name}.py"
            path.unlink() if source is None else path.write_text(source)

    def policy(self, text: str) -> None:
        """Add a policy to the facts of the assignment."""
        facts = self.course / "assignments" / "mini" / "assignment.toml"
        facts.write_text(facts.read_text() + text)

    def run(self, *more: str) -> Ran:
        """Grade the class."""
        return run_mini(self.out, [self.root / "class"], *more, course=self.course)


@pytest.fixture
def klass(tmp_path: Path) -> Class:
    """Give an empty class."""
    return Class(tmp_path)


def test_the_end_of_a_run_says_what_needs_a_persons_eye(klass: Class) -> None:
    """Copies, whatever they are called, time-outs, what is rejected, and checks that nobody passed: a line each."""
    klass.hand_in(amy=HALF, bob=HALF, loops="while True:\n    pass\n")
    (klass.root / "class" / "empty").mkdir()

    done = klass.run()

    assert done.code == 0
    assert done.out.splitlines() == [
        "4 submissions, 4 with a score.",
        "Median 3.5 of 10 points.",
        f"Class page: {klass.out / 'index.html'}",
        "Needs a person's eye:",
        "  1 timed out: loops",
        "  1 rejected: empty",
        "  2 handed in the same files: amy, bob",
        "  nobody passed 1 check: check_double_values",
    ]
    assert "graded 4 of 4, " in done.err
    assert "done in " in done.err
    page = (klass.out / "index.html").read_text()
    assert "<strong>2 handed in the same files</strong>: amy, bob" in page
    assert "same files as bob" in page
    assert _table(klass.out)["amy"]["same_files_as"] == "bob"


def test_what_is_taken_over_is_told(klass: Class) -> None:
    """A second run says how much it had to grade; its other lines are those of the first."""
    klass.hand_in(amy=RIGHT, bob=HALF)
    first = klass.run()
    klass.hand_in(cem=RIGHT + "\n")

    done = klass.run()

    assert "taken over" not in first.out
    assert "1 graded, 2 taken over from earlier runs." in done.out.splitlines()
    assert done.out.startswith("3 submissions, 3 with a score.\nMedian 10 of 10 points.\n")


def test_marks_follow_the_policy_and_nothing_is_graded_again(klass: Class) -> None:
    """A policy that is added later changes the marks on the page at once; scores and results stay as they are."""
    klass.hand_in(amy=RIGHT, bob=HALF)
    klass.run()
    klass.hand_in(amy=HALF + "\n")
    klass.run()
    before = _table(klass.out)
    result = (klass.out / "submissions" / "amy" / "result.json").read_bytes()
    klass.policy(POLICY)

    done = klass.run()

    amy, bob = (_table(klass.out)[name] for name in ("amy", "bob"))
    assert "0 graded, 2 taken over from earlier runs." in done.out
    assert (before["amy"]["score"], before["amy"]["mark"], before["amy"]["attempt"]) == ("7", "7", "2")
    assert (amy["score"], amy["mark"], amy["attempt"], amy["attempts"]) == ("7", "10", "1", "2")
    assert (bob["score"], bob["mark"], bob["why"]) == ("7", "8", "Rounded from 7.")
    assert (klass.out / "submissions" / "amy" / "result.json").read_bytes() == result
    page = (klass.out / "index.html").read_text()
    assert "attempt 1 of 2" in page
    assert "Attempt 1 of 2 is the best." in page


def test_who_is_no_longer_in_the_class_stays_and_is_marked(klass: Class) -> None:
    """A student who is not in a later run of the whole class is kept and told; a part of a class is no whole one."""
    klass.hand_in(amy=RIGHT, bob=HALF)
    klass.run()
    klass.run("--only", "amy")
    part = {name: row["in_last_class"] for name, row in _table(klass.out).items()}
    klass.hand_in(bob=None)
    klass.run()

    assert part == {"amy": "yes", "bob": "yes"}
    assert {name: row["in_last_class"] for name, row in _table(klass.out).items()} == {"amy": "yes", "bob": "no"}
    assert "<strong>1 not in the last class</strong>: bob" in (klass.out / "index.html").read_text()


def test_a_date_without_times_is_told(klass: Class) -> None:
    """Where `due` stands and a layout knows no times, nobody loses a point, and staff are told."""
    klass.policy("\n[policy]\ndue = 2026-03-01T12:00:00+01:00\nlate_percent_per_day = 50\n")
    klass.hand_in(amy=RIGHT)

    done = klass.run()

    assert "1 without a time of submission, taken to be in time: amy" in done.out
    assert _table(klass.out)["amy"]["mark"] == "10"
