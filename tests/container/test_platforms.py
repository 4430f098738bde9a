"""The image as the container of platforms: as root on PrairieLearn, as a user on a read-only disk, with little room."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.command import Ran, grade
from tests.corpus import Case, cases
from tests.platforms.places import fill, gradescope, prairielearn
from tests.platforms.rules import gradescope_results, prairielearn_results

pytestmark = pytest.mark.container

SCRIPT = Path(__file__).parent / "oci.sh"
ROOT = Path(__file__).parents[2]
RIGHT = next(case for case in cases("himmelblau") if case.name == "right_bare_names")
READER = next(case for case in cases("hostile") if case.name == "read_by_odd_calls")


def inside(mounts: Sequence[tuple[Path, str]], *words: str, options: Sequence[str] = ()) -> Ran:
    """Run the image with these folders mounted, with no network, as a platform does."""
    volumes = [f"-v={path}:{place}" for path, place in mounts]
    command = [str(SCRIPT), "podman", "run", "--rm", "--network=none", *volumes, *options, os.environ["GRADE_IMAGE"]]
    return grade(*words, command=command)


def answer_of(case_folder: Path) -> dict[str, bytes]:
    """Read the files of a case of the corpus."""
    return {path.name: path.read_bytes() for path in case_folder.iterdir() if path.name != "expect.toml"}


def question(folder: Path) -> Path:
    """Package a question of PrairieLearn's."""
    made = grade("package", "himmelblau", "--platform", "prairielearn", "--image", "grade", "-o", folder, cwd=ROOT)
    assert made.code == 0, made.err
    return folder


@pytest.mark.parametrize(("case", "score"), [(RIGHT, 1.0), (READER, 0.0)], ids=["right", "hostile"])
def test_a_question_of_prairielearn(tmp_path: Path, case: Case, score: float) -> None:
    """`info.json` names the entry point; `/grade` is laid out by PrairieLearn, and what is hidden is not readable."""
    folder = question(tmp_path / "question")
    info = json.loads((folder / "info.json").read_text())["externalGradingOptions"]
    path = prairielearn(tmp_path, answer_of(case.folder))
    shutil.copytree(folder / "tests", tmp_path / "grade" / "tests")
    (tmp_path / "grade" / "tests").chmod(0o777)

    entrypoint, *words = info["entrypoint"]
    ran = inside([(tmp_path / "grade", "/grade")], *words, options=[f"--entrypoint={entrypoint}"])

    assert ran.code == 0, ran.err
    assert prairielearn_results(path)["score"] == score
    assert info["enableNetworking"] is False


def test_the_image_without_words_knows_where_it_is(tmp_path: Path) -> None:
    """Gradescope's folders are recognised; the image says which assignment, or the environment does."""
    path = gradescope(tmp_path, answer_of(RIGHT.folder))
    base = tmp_path / "autograder"

    ran = inside(
        [(base / "submission", "/autograder/submission"), (base / "results", "/autograder/results")],
        options=["-e=GRADE_ASSIGNMENT=himmelblau"],
    )

    assert ran.code == 0, ran.err
    assert gradescope_results(path, 40)["score"] == 40


def test_a_user_on_a_read_only_disk(tmp_path: Path) -> None:
    """As Open edX and Coursera run it: no root, no home, 50 MB of /tmp; that user reads the course."""
    course = tmp_path / "course"
    for part in ("assignments", "solutions"):
        shutil.copytree(ROOT / part / "himmelblau", course / part / "himmelblau")
    fill(tmp_path / "shared" / "submission", answer_of(RIGHT.folder))
    (tmp_path / "shared").chmod(0o777)
    for path in (tmp_path, *tmp_path.parents[:2]):
        path.chmod(path.stat().st_mode | 0o055)

    ran = inside(
        [(course, "/course"), (tmp_path / "shared", "/shared")], "platform", "coursera",
        options=["--user=1000", "--read-only", "--tmpfs=/tmp:size=50m", "-e=partId=himmelblau", "-e=userId=1"],
    )  # fmt: skip

    assert ran.code == 0, ran.err
    assert json.loads((tmp_path / "shared" / "feedback.json").read_text())["fractionalScore"] == 1


def test_gradescopes_default_memory_is_told_to_be_too_small(tmp_path: Path) -> None:
    """Where the container has too little, there is no score, and staff read what to change; no student pays."""
    path = gradescope(tmp_path, {"himmelblau.py": b"import torch\nones = torch.ones(300_000_000)\n"})
    base = tmp_path / "autograder"

    ran = inside(
        [(base / "submission", "/autograder/submission"), (base / "results", "/autograder/results")],
        options=["-e=GRADE_ASSIGNMENT=himmelblau", "--memory=768m"],
    )

    assert (ran.code, path.exists()) == (3, False)
    assert "MB that are left here" in ran.err
