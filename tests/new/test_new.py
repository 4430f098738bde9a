"""`grade new`: an assignment to start from, that works at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.assignment import load
from tests.command import grade, results


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one in an empty folder."""
    folder = tmp_path_factory.mktemp("empty")
    done = grade("new", "linear_fit", cwd=folder)
    assert (done.code, done.err) == (0, "")
    return folder


def test_it_grades_its_own_solution_to_full_points(course: Path) -> None:
    """`grade run`, as it is, on the solution as it was made; and what assignment.toml counts is there."""
    done = grade("run", "linear_fit", course / "solutions/linear_fit/solution.py", "-o", course / "out", cwd=course)

    (result,) = results(course / "out").values()
    assert done.code == 0, done.err
    assert result.score == result.max_score == 8.0
    assert len(result.checks) == load("linear_fit", course).hidden_checks


def test_its_rubric_passes_the_audit(course: Path) -> None:
    """The variant gets full points, the stub none, and both mistakes lose what they say."""
    done = grade("audit", "linear_fit", cwd=course)

    assert done.code == 0, done.out
    assert "2 mistakes, 1 variant" in done.out


def test_it_has_all_that_an_assignment_has(course: Path) -> None:
    """Both folders, with stubs already made."""
    made = {path.relative_to(course).as_posix() for part in ("assignments", "solutions")
            for path in (course / part).rglob("*") if path.is_file() and "__pycache__" not in path.parts}  # fmt: skip

    assert made == {
        "assignments/linear_fit/README.md",
        "assignments/linear_fit/assignment.toml",
        "assignments/linear_fit/linear_fit.ipynb",
        "assignments/linear_fit/linear_fit.py",
        "assignments/linear_fit/public_checks.py",
        "solutions/linear_fit/checks.py",
        "solutions/linear_fit/mistakes/column-of-predictions.py",
        "solutions/linear_fit/mistakes/sum-instead-of-mean.py",
        "solutions/linear_fit/solution.py",
        "solutions/linear_fit/variants/by_einsum.py",
    }
    assert "SLUG" not in "".join((course / name).read_text() for name in made)


def test_it_lies_in_the_course_around_the_current_folder(course: Path) -> None:
    """From a folder inside a course, and with --course from anywhere."""
    assert grade("new", "second", cwd=course / "solutions").code == 0
    assert grade("new", "third", "--course", course, cwd=course.parent).code == 0

    assert (course / "assignments" / "second" / "second.py").is_file()
    assert (course / "solutions" / "third" / "solution.py").is_file()


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("linear_fit", "already"),
        ("Linear", "lower-case"),
        ("3d", "lower-case"),
        ("a-b", "lower-case"),
        ("../x", "lower-case"),
        ("class", "something else"),
        ("random", "something else"),
        ("torch", "something else"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_in_a_sentence(course: Path, slug: str, words: str) -> None:
    """An existing assignment is not touched, and a module that a student may need is not hidden."""
    before = sorted(course.rglob("*"))

    done = grade("new", slug, cwd=course)

    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1
    assert words in done.err
    assert sorted(course.rglob("*")) == before
