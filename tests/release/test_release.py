"""`grade release`: what students get, and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from grader.assignment import load
from grader.release.regions import hidden_lines
from tests.command import grade

ROOT = Path(__file__).parents[2]
SLUGS = sorted(path.parent.name for path in (ROOT / "solutions").glob("*/solution.py"))


@pytest.mark.parametrize("slug", SLUGS)
def test_a_release_holds_what_students_get_and_nothing_hidden(slug: str, tmp_path: Path) -> None:
    """Stub, notebook, hand-out, public checks and facts; no line of a region, no hidden check."""
    done = grade("release", slug, "-o", tmp_path / "out", "--course", ROOT)

    assert (done.code, done.err) == (0, "")
    names = {path.name for path in (tmp_path / "out").rglob("*")}
    assert names == {f"{slug}.py", f"{slug}.ipynb", "README.md", "public_checks.py", "assignment.toml"}
    solution = ROOT / "solutions" / slug / "solution.py"
    hidden = {line for line in hidden_lines(solution.read_text(), "") if len(line) > 9}
    notebook = json.loads((tmp_path / "out" / f"{slug}.ipynb").read_text())
    released = [line for cell in notebook["cells"] for line in "".join(cell["source"]).splitlines()]
    for path in (tmp_path / "out").iterdir():
        released += path.read_text().splitlines() if path.suffix != ".ipynb" else []
    assert hidden
    assert hidden & {line.strip().removeprefix("# ") for line in released} == set()
    assert not [line for line in released if "SOLUTION" in line]


def test_a_released_folder_is_an_assignment_whatever_its_name(tmp_path: Path) -> None:
    """It says itself which one it is, and how much is still to come."""
    grade("release", "sinenet", "-o", tmp_path / "week 3", "--course", ROOT)

    found = load(str(tmp_path / "week 3"))

    assert (found.slug, found.max_points, found.hidden) == ("sinenet", 40, None)
    assert found.hidden_checks == load("sinenet", ROOT).hidden_checks


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    """The same release may be written twice; nothing else is overwritten, or given out by accident."""
    out = tmp_path / "out"
    assert grade("release", "sinenet", "-o", out, "--course", ROOT).code == 0
    assert grade("release", "sinenet", "-o", out, "--course", ROOT).code == 0

    (out / "notes.txt").write_text("mine")
    other = grade("release", "sinenet", "-o", out, "--course", ROOT)
    (out / "notes.txt").unlink()
    (out / "sinenet.py").write_text("# my work\n")
    changed = grade("release", "sinenet", "-o", out, "--course", ROOT)

    assert (other.code, changed.code) == (2, 2)
    assert other.err.count("\n") == 1
    assert "notes.txt" in other.err
    assert "sinenet.py" in changed.err
    assert (out / "sinenet.py").read_text() == "# my work\n"


def test_a_release_without_a_solution_is_refused(tmp_path: Path) -> None:
    """What students have cannot be released again: one line says so."""
    shutil.copytree(ROOT / "assignments" / "sinenet", tmp_path / "assignments" / "sinenet")

    done = grade("release", "sinenet", "-o", tmp_path / "out", "--course", tmp_path)

    assert done.code == 2
    assert "solutions/sinenet/" in done.err


def test_a_region_that_is_not_closed_is_told_with_its_line(tmp_path: Path) -> None:
    """A slip in the solution ends the command with file and line, and nothing is written."""
    for part in ("assignments", "solutions"):
        shutil.copytree(ROOT / part / "sinenet", tmp_path / part / "sinenet")
    path = tmp_path / "solutions" / "sinenet" / "solution.py"
    path.write_text(path.read_text().replace("    ### END SOLUTION\n", "", 1))

    done = grade("release", "sinenet", "-o", tmp_path / "out", "--course", tmp_path)

    assert done.code == 2
    assert done.err.startswith("grade: solutions/sinenet/solution.py, line ")
    assert not (tmp_path / "out").exists()
