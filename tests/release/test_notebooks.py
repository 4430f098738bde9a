"""The released notebooks as students use them: filled in they get full points, and they run from top to bottom."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grader.assignment import load
from grader.release.book import notebook_of
from grader.release.regions import filled
from tests.command import grade, results

ROOT = Path(__file__).parents[2]
SLUGS = sorted(path.parent.name for path in (ROOT / "solutions").glob("*/solution.py"))


def fill(slug: str, folder: Path) -> Path:
    """Write the notebook with the solution in its cells."""
    assignment = load(slug, ROOT)
    handout = (assignment.public / "README.md").read_text()
    path = folder / f"{slug}.ipynb"
    path.write_text(notebook_of(slug, filled(assignment.solution_path.read_text()), handout, assignment.names))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_a_filled_notebook_gets_full_points(slug: str, tmp_path: Path) -> None:
    """The cells are enough: graded by the real command, behind the wall, nothing is lost and nothing is said."""
    done = grade("run", slug, fill(slug, tmp_path), "-o", tmp_path / "out", "--course", ROOT)

    result = results(tmp_path / "out")[slug]
    assert done.code == 0, done.err
    assert (result.score, result.message) == (result.max_score, "")
    assert len(result.checks) == load(slug, ROOT).hidden_checks


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_a_filled_notebook_runs_in_jupyter(slug: str, tmp_path: Path) -> None:
    """Executed by nbconvert it runs to the end, and its last cell shows the public checks."""
    fill(slug, tmp_path)
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--inplace", f"{slug}.ipynb"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603

    assert done.returncode == 0, done.stderr
    cells = json.loads((tmp_path / f"{slug}.ipynb").read_text())["cells"]
    shown = "".join(line for output in cells[-1]["outputs"] for line in output.get("text", []))
    assert "public checks pass" in shown, shown
