"""Gradescope: its file tree, its metadata, its results, through the real entry; and the traps of section 1."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.platforms import gradescope as platform
from grader.platforms.contract import Surroundings
from tests.command import Ran
from tests.platforms.made import HIDDEN, RAISES, RIGHT, TEN, WRONG
from tests.platforms.places import entry, gradescope, other_course
from tests.platforms.rules import gradescope_results, strict_json, submitted

pytestmark = pytest.mark.slow

TOTAL = 10.0
DUE = "2026-02-03T12:00:00-08:00"


def graded(root: Path, files: dict[str, Any], metadata: object = None, **options: Any) -> tuple[Ran, dict[str, Any]]:
    """Lay a submission out, run the entry, and read the result by Gradescope's rules."""
    path = gradescope(root, files, metadata)
    ran = entry("gradescope", root, **options)
    return ran, gradescope_results(path, TOTAL)


def test_a_right_submission_gets_all_points(tmp_path: Path) -> None:
    """Each check is a test with its number, its points and its visibility; what a person grades has none."""
    ran, results = graded(tmp_path, {"mini.py": RIGHT}, submitted(DUE, DUE))

    assert (ran.code, ran.out) == (0, "")
    assert results["score"] == 10
    assert [(test["number"], test.get("score"), test["visibility"]) for test in results["tests"]] == [
        ("1", 2, "visible"), ("2", 1, "visible"), ("3", 2, "visible"), ("4", 3, "hidden"), ("5", 2, "visible"),
        ("6", None, "visible"),
    ]  # fmt: skip
    assert results["stdout_visibility"] == "hidden"


def test_a_wrong_one_is_told_what_to_try(tmp_path: Path) -> None:
    """A test that lost says so, with the message and the hint; one that waits for it says that."""
    _, results = graded(tmp_path, {"mini.py": WRONG})

    first, second = results["tests"][:2]
    assert results["score"] == 7
    assert (first["status"], first["score"]) == ("failed", 0)
    assert first["output"].startswith("Failed.\n")
    assert "Try: Multiply by 2." in first["output"]
    assert "Try: Multiply by 2." in results["output"]
    assert second["output"].startswith("Skipped") or "waits" in second["output"].lower()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "No .py or .ipynb file was handed in; expected mini.py or mini.ipynb."),
        ({"mini.py": ""}, "The file defines none of the names that mini asks for"),
        (TEN, "It is not clear which file to grade"),
        ({"mini.pyc": b"\x00" * 50, "notes.txt": "hello"}, "No .py or .ipynb file was handed in"),
    ],
    ids=["no file", "an empty file", "ten files", "other files"],
)
def test_what_is_no_answer_is_told_and_costs_the_points(tmp_path: Path, files: dict[str, Any], said: str) -> None:
    """The score is 0, every test is listed, and a sentence says what would be right."""
    ran, results = graded(tmp_path, files)

    assert (ran.code, results["score"]) == (0, 0)
    assert said in results["output"]


def test_a_hostile_text_breaks_nothing(tmp_path: Path) -> None:
    """Controls, tags and a megabyte in an exception are shown as text, cut, in a file that parses."""
    _, results = graded(tmp_path, {"mini.py": RAISES})

    assert "ValueError" in results["tests"][0]["output"]
    assert results["score"] == 0


def test_a_late_submission_pays_by_gradescopes_own_due_date(tmp_path: Path) -> None:
    """The policy of the assignment is applied to what the metadata says; a student's extension is in there."""
    course = other_course(
        tmp_path,
        {"assignments/mini/assignment.toml": ("[limits]", "[policy]\nlate_percent_per_day = 20\n\n[limits]")},
    )
    late = submitted("2026-02-04T13:00:00-08:00", DUE)
    late["previous_submissions"] = [
        {"submission_time": DUE, "score": 3.0, "autograder_error": False},
        {"submission_time": DUE, "score": 0.0, "autograder_error": True, "results": {"tests": [{"score": 99}]}},
    ]

    _, results = graded(tmp_path, {"mini.py": RIGHT}, late, course=course)

    assert results["score"] == 6
    assert sum(test.get("score", 0) for test in results["tests"]) == 10
    assert "2 days late: 4 points off." in results["output"]
    assert "Your submission before this one had 3." in results["output"]


@pytest.mark.parametrize("metadata", ["not json", "[]", '{"created_at": 5}', '{"users": [{"name": null}]}', None])
def test_odd_metadata_costs_nobody_a_mark(tmp_path: Path, metadata: object) -> None:
    """Who it was and when is then not known; the work is graded."""
    around = Surroundings(root=tmp_path, environment={})
    gradescope(tmp_path, {"mini.py": RIGHT}, metadata)

    found = platform.find(around)

    assert (found.student.strip("?"), found.submitted_at, found.seconds) == ("", "", None)
    assert found.folder == tmp_path / "autograder/submission"


@pytest.mark.parametrize(
    "odd",
    [{"users": None}, {"users": [{"name": None, "email": None}]}, {"previous_submissions": [{"score": {}}]}],
)
def test_odd_metadata_of_people_takes_no_time_away(tmp_path: Path, odd: dict[str, Any]) -> None:
    """Else nobody would be late whose name is missing; what the assignment is called is not asked."""
    metadata = submitted("2026-02-06T10:00:00-08:00", DUE) | odd
    metadata["assignment"]["title"] = None
    gradescope(tmp_path, {"mini.py": RIGHT}, metadata)

    found = platform.find(Surroundings(root=tmp_path, environment={}))

    assert (found.submitted_at, found.due) == ("2026-02-06T10:00:00-08:00", DUE)


def test_a_group_is_one_submission(tmp_path: Path) -> None:
    """All its members are named; what the harness says of the time it gives is taken."""
    metadata = submitted(DUE, DUE)
    metadata["users"] = [{"name": "Jane Doe"}, {"name": "", "email": "x@example.edu"}]
    gradescope(tmp_path, {}, metadata)

    found = platform.find(Surroundings(root=tmp_path, environment={"TIMEOUT_SECONDS": "1200"}))

    assert (found.student, found.submitted_at, found.seconds) == ("Jane Doe, x@example.edu", DUE, 1200)


def test_staff_may_want_a_failure_where_nothing_can_be_graded(tmp_path: Path) -> None:
    """With `rejected = "failure"` there are no results: Gradescope shows a failure that can be run again."""
    course = other_course(
        tmp_path,
        {"assignments/mini/assignment.toml": ("[limits]", '[platforms]\nrejected = "failure"\n\n[limits]')},
    )
    path = gradescope(tmp_path, {})

    ran = entry("gradescope", tmp_path, course=course)

    assert (ran.code, path.exists()) == (3, False)
    assert "No .py or .ipynb file was handed in" in ran.err


def test_our_own_fault_gives_no_score_and_removes_what_was_there(tmp_path: Path) -> None:
    """A result from before would be taken for this one's; staff read why, in what students do not see."""
    course = other_course(
        tmp_path, {"solutions/mini/checks.py": ("return [", "raise KeyError('secret')\n    return [")}
    )
    path = gradescope(tmp_path, {"mini.py": RIGHT})
    path.write_text('{"score": 10}')

    ran = entry("gradescope", tmp_path, course=course)

    assert (ran.code, path.exists(), ran.out) == (3, False, "")
    assert "no score was given, and the fault is not the student's" in ran.err
    assert "KeyError" in ran.err


def test_codio_shows_every_test_so_that_hidden_ones_are_left_out(tmp_path: Path) -> None:
    """Codio's wrapper knows no visibility, puts every word into HTML, and shows no output but that of tests."""
    path = gradescope(tmp_path, {"mini.py": RAISES})

    ran = entry("gradescope", tmp_path, env={"CODIO_AUTOGRADE_ENV": "{}"})

    results, text = strict_json(path), path.read_text()
    assert ran.code == 0
    assert results["score"] == 0
    assert all(word not in text for word in HIDDEN)
    assert "<" not in text
    assert "&lt;script&gt;" in text
    assert (results["tests"][0]["name"], results["tests"][0]["score"]) == ("Score", 0)
    assert all("score" in test for test in results["tests"])
