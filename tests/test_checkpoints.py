"""Weights that are handed in as a file: read by the worker, and unpickled nowhere else."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from grader.results import Result
from tests.command import grade, results

CHECKS = '''
import torch

from grader.checks import assert_close, points, read_checkpoint


@points(1)
def check_weight(submission, solution):
    """weight is what model.pt holds, read by the submission itself."""
    assert_close(submission.value("weight"), solution.weight, atol=0.0, what="weight")


@points(2)
def check_file(submission, solution):
    """model.pt holds the right weights."""
    found = read_checkpoint(submission, "model.pt")
    assert_close(found["weight"], solution.weight, atol=0.0, what="The weight in model.pt")
'''
SOLUTION = "import torch\n\nweight = torch.tensor([1.0, 2.0])\n"
LOADS = 'import torch\n\nweight = torch.load("model.pt")["weight"]\n'
READS_NOTHING = "import torch\n\nweight = torch.tensor([1.0, 2.0])\n"


class Evil:
    """What an unpickler would carry out."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """Write a file, wherever this is unpickled."""
        return Path.write_text, (self.marker, "unpickled")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> dict[str, Result]:
    """Grade a class of folders with a checkpoint each."""
    work = tmp_path_factory.mktemp("checkpoints")
    public, hidden = work / "course" / "assignments" / "weights", work / "course" / "solutions" / "weights"
    public.mkdir(parents=True)
    hidden.mkdir(parents=True)
    (public / "assignment.toml").write_text('title = "Weights"\nmax_points = 3\nnames = ["weight"]\n')
    (hidden / "checks.py").write_text(CHECKS)
    (hidden / "solution.py").write_text(SOLUTION)
    marker = temporary / "marker"
    right = {"weight": torch.tensor([1.0, 2.0])}
    for name, source, held in (
        ("right", LOADS, right),
        ("other", LOADS, {"weight": torch.tensor([1.0, 3.0])}),
        ("evil", READS_NOTHING, {"weight": Evil(marker)}),
        ("list", READS_NOTHING, [torch.tensor([1.0, 2.0])]),
        ("none", READS_NOTHING, None),
    ):
        folder = work / "class" / name
        folder.mkdir(parents=True)
        (folder / "weights.py").write_text(source)
        if held is not None:
            torch.save(held, folder / "model.pt", pickle_module=pickle)
    course = work / "course"
    done = grade(
        "run", "weights", work / "class", "-o", work / "out", "--course", course, env={"TMPDIR": str(temporary)}
    )
    assert done.code == 0, done.err
    assert not marker.exists()
    return results(work / "out")


def test_a_submission_loads_its_own_file(graded: dict[str, Result]) -> None:
    """`torch.load` in submitted code reads what was handed in with it, and staff's check reads the same."""
    assert graded["right"].score == 3.0
    assert graded["other"].score == 0.0


@pytest.mark.parametrize(
    ("name", "said"),
    [("evil", "and no other objects"), ("list", "writes, but holds list"), ("none", "model.pt")],
)
def test_what_is_no_checkpoint_costs_the_check_of_it_alone(graded: dict[str, Result], name: str, said: str) -> None:
    """A hostile file, one of another kind or a missing one raises in the worker, and nothing in it is carried out."""
    by_id = {check.id: check for check in graded[name].checks}

    assert (graded[name].score, by_id["check_file"].outcome) == (1.0, "raised")
    assert said in by_id["check_file"].message
