"""Hostile submissions in a class: none gains a point, and nobody else's result changes."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.command import grade, results
from tests.corpus import cases
from tests.traces import left_since, look, orphans_come_to_us

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


@dataclass(frozen=True)
class Runs:
    """The results of honest submissions alone, of the same among hostile ones, and what was left of those."""

    alone: Path
    mixed: Path
    left: set[str]
    temporary: set[str]


@pytest.fixture(scope="module", params=SLUGS)
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, temporary: Path) -> Runs:
    """Grade honest submissions alone, and the same among all the hostile ones."""
    slug = str(request.param)
    before = look()
    alone, mixed = tmp_path_factory.mktemp("alone"), tmp_path_factory.mktemp("mixed")
    hostile = [case.folder for case in cases(slug) if case.name.startswith("hostile_")]
    for folder, members in ((alone, _honest(slug)), (mixed, _honest(slug) + hostile)):
        for member in members:
            shutil.copytree(member, folder / "class" / member.name, ignore=shutil.ignore_patterns("expect.toml"))
        with orphans_come_to_us():
            done = grade(
                "run", slug, folder / "class", "-o", folder / "out", "--jobs", "2", env={"TMPDIR": str(temporary)}
            )
        assert done.code == 0, done.err
    made = {path.name for path in temporary.iterdir() if not path.name.startswith("torchinductor")}
    return Runs(alone / "out", mixed / "out", left_since(before), made)


def test_no_hostile_submission_gains_a_point(runs: Runs) -> None:
    """Every hostile submission of the corpus ends with a score of 0."""
    scores = {name: result.score for name, result in results(runs.mixed).items() if name.startswith("hostile_")}

    assert len(scores) >= 13
    assert set(scores.values()) == {0.0}, scores


def test_the_class_around_them_is_graded_as_without_them(runs: Runs) -> None:
    """The results of honest submissions are the same to the byte, but for `seconds`."""
    for name in results(runs.alone):
        path = Path("submissions") / name / "result.json"
        assert _bare(runs.alone / path) == _bare(runs.mixed / path)


def test_nothing_of_them_is_left(runs: Runs) -> None:
    """No process, whatever its parent, no file, System V object, socket or scratch directory outlives the run."""
    assert runs.left == set()
    assert runs.temporary == set()
    assert {path.name for path in runs.mixed.iterdir()} == {"index.html", "grades.csv", "submissions"}


def test_their_output_is_shown_as_text(runs: Runs) -> None:
    """What they print, raise or are called appears in the pages as text, never as markup."""
    folder = runs.mixed / "submissions" / "hostile_prints_html"

    for page in (folder / "report.html", folder / "feedback.html", runs.mixed / "index.html"):
        text = page.read_text()
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "\x1b" not in text
        assert "\u202e" not in text
    assert "&lt;script&gt;alert(1)" in (folder / "report.html").read_text()
