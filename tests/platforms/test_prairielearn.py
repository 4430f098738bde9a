"""PrairieLearn: its file tree and its results, through the real entry; and the traps of section 2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.platforms.contract import Found, Surroundings
from grader.platforms.prairielearn import answer
from grader.platforms.settings import Platforms
from tests.command import Ran
from tests.platforms.made import HOSTILE, RAISES, RIGHT, SECRET, TEN, WRONG, line, told, unseen
from tests.platforms.places import entry, other_course, prairielearn
from tests.platforms.rules import prairielearn_results

pytestmark = pytest.mark.slow


def graded(root: Path, files: dict[str, Any], **options: Any) -> tuple[Ran, dict[str, Any]]:
    """Lay a submission out, run the entry, and read the result by PrairieLearn's rules; it must always end well."""
    path = prairielearn(root, files)
    ran = entry("prairielearn", root, **options)
    assert ran.code == 0, ran.err
    return ran, prairielearn_results(path)


def test_a_right_submission_gets_1_and_hidden_checks_are_not_listed(tmp_path: Path) -> None:
    """The score is of all checks; what is hidden, or waits for a person, is in no list, and is told by its worth."""
    _, results = graded(tmp_path, {"mini.py": RIGHT})

    assert (results["gradable"], results["score"]) == (True, 1.0)
    assert [(test["points"], test["max_points"]) for test in results["tests"]] == [(2, 2), (1, 1), (2, 2), (2, 2)]
    assert "four" not in str(results)
    assert "1 more check, worth 3 points, is not shown here." in results["message"]


def test_a_wrong_one_gets_its_share(tmp_path: Path) -> None:
    """A fraction of all points, and the words of what failed."""
    _, results = graded(tmp_path, {"mini.py": WRONG})

    assert results["score"] == 0.7
    assert "Try: Multiply by 2." in results["tests"][0]["output"]


@pytest.mark.parametrize("files", [{}, TEN], ids=["none", "ten"])
def test_what_is_no_answer_costs_no_attempt(tmp_path: Path, files: dict[str, Any]) -> None:
    """It is not gradable, with a sentence that says what would be right."""
    _, results = graded(tmp_path, files)

    assert results["gradable"] is False
    assert "mini.py" in results["format_errors"][0]


def test_a_hostile_text_breaks_nothing(tmp_path: Path) -> None:
    """A megabyte in an exception leaves a file of less than a megabyte."""
    _, results = graded(tmp_path, {"mini.py": RAISES})

    assert results["score"] == 0


def test_long_texts_take_no_check_out_of_the_list(tmp_path: Path) -> None:
    """Where much is said, it is said shorter: the file stays below what is read, with all that may be seen in it."""
    lines = [line(f"check {at}", 0, 2, HOSTILE + 4000 * "\N{PILE OF POO}") for at in range(200)]
    given = told(*lines, *unseen(), notes=(100_000 * "\N{PILE OF POO}",))
    ((path, data),) = answer(given, Found(), Surroundings(root=tmp_path), Platforms()).files.items()
    path.parent.mkdir(parents=True)
    path.write_bytes(data)

    assert len(prairielearn_results(path)["tests"]) == 200
    assert SECRET.encode() not in data


def test_our_own_fault_is_not_gradable_and_tells_students_nothing_of_why(tmp_path: Path) -> None:
    """PrairieLearn charges no attempt for it; what was hidden stays so."""
    course = other_course(
        tmp_path, {"solutions/mini/checks.py": ("return [", "raise KeyError('secret')\n    return [")}
    )
    stale = tmp_path / "grade" / "results" / "results.json"
    stale.parent.mkdir(parents=True)
    stale.write_text('{"score": 1}')

    ran, results = graded(tmp_path, {"mini.py": RIGHT}, course=course)

    assert results["gradable"] is False
    assert "The fault is not in your code." in results["format_errors"][0]
    assert "secret" not in str(results)
    assert "KeyError" in ran.err
