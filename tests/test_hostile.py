"""Hostile submissions in a class: none gains a point, and nobody else's result changes."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from grader.sandbox.host import UIDS
from tests.command import grade, results
from tests.corpus import cases

pytestmark = pytest.mark.slow

SLUGS = ("sinenet", "himmelblau")


def _honest(slug: str) -> list[Path]:
    """Choose honest submissions to stand among the hostile ones: three right, two wrong."""
    found = [case for case in cases(slug) if not case.name.startswith("hostile_") and case.status == "graded"]
    right = [case.folder for case in found if case.right][:3]
    wrong = [case.folder for case in found if case.lost and "timed_out" not in case.outcomes.values()][:2]
    assert len(right) == 3
    assert len(wrong) == 2
    return right + wrong


def _bare(path: Path) -> dict[str, object]:
    result: dict[str, object] = json.loads(path.read_bytes())
    result.pop("seconds")
    for check in result["checks"]:  # type: ignore[attr-defined]  # a list, by the contract
        check.pop("seconds")
    return result


@pytest.fixture(scope="module", params=SLUGS)
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """Grade honest submissions alone, and the same among all the hostile ones."""
    slug = str(request.param)
    alone, mixed = tmp_path_factory.mktemp("alone"), tmp_path_factory.mktemp("mixed")
    hostile = [case.folder for case in cases(slug) if case.name.startswith("hostile_")]
    for folder, members in ((alone, _honest(slug)), (mixed, _honest(slug) + hostile)):
        for member in members:
            shutil.copytree(member, folder / "class" / member.name, ignore=shutil.ignore_patterns("expect.toml"))
        done = grade("run", slug, folder / "class", "-o", folder / "out", "--jobs", "2")
        assert done.code == 0, done.err
    return slug, alone / "out", mixed / "out"


def test_no_hostile_submission_gains_a_point(runs: tuple[str, Path, Path]) -> None:
    """Every hostile submission of the corpus ends with a score of 0."""
    scores = {name: result.score for name, result in results(runs[2]).items() if name.startswith("hostile_")}

    assert len(scores) >= 13
    assert set(scores.values()) == {0.0}, scores


def test_the_class_around_them_is_graded_as_without_them(runs: tuple[str, Path, Path]) -> None:
    """The results of honest submissions are the same to the byte, but for `seconds`."""
    _, alone, mixed = runs

    for name in results(alone):
        path = Path("submissions") / name / "result.json"
        assert _bare(alone / path) == _bare(mixed / path)


def test_nothing_of_them_is_left(runs: tuple[str, Path, Path]) -> None:
    """No process, no file and no scratch directory of theirs outlives the run."""
    listed = subprocess.run(["ps", "-eo", "uid=,ppid="], capture_output=True, text=True, check=True)  # noqa: S607 - ps
    orphans = [uid for uid, parent in map(str.split, listed.stdout.splitlines()) if parent == "1"]

    assert not [uid for uid in orphans if int(uid) in UIDS]
    for place in ("/tmp", "/dev/shm", "/var/tmp"):  # noqa: S108 - where they would leave something
        assert not (Path(place) / "grade_was_here").exists()
    assert {path.name for path in runs[2].iterdir()} == {"index.html", "grades.csv", "submissions"}


def test_their_output_is_shown_as_text(runs: tuple[str, Path, Path]) -> None:
    """What they print, raise or are called appears in the pages as text, never as markup."""
    folder = runs[2] / "submissions" / "hostile_prints_html"

    for page in (folder / "report.html", folder / "feedback.html", runs[2] / "index.html"):
        text = page.read_text()
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "&lt;script&gt;alert(1)" in (folder / "report.html").read_text()
