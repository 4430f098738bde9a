"""Autolab: what `make` prints is read by Autolab's own rules, written down here again from its source."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from grader.errors import UsageError
from grader.platforms import autolab
from grader.platforms.contract import Found, Surroundings
from grader.platforms.settings import Platforms
from tests.command import Ran
from tests.platforms.made import HALF, HIDDEN, HOSTILE, RAISES, RIGHT, SECRET, TEN, WRONG, line, told, unseen
from tests.platforms.places import broken_course, entry, fill

pytestmark = [pytest.mark.slow, pytest.mark.beside]

_MOST_OUTPUT = 1000 * 1024


def scores_of(output: str) -> dict[str, float]:
    """Parse as Autolab does: the last line, with a quote put round every word before a colon."""
    lines = output.rstrip().split("\n")
    parsed = json.loads(re.sub(r"([a-zA-Z0-9]+):", r'"\1":', lines[-1]))
    scores: dict[str, float] = parsed["scores"]
    assert scores
    assert all(type(score) in {int, float} for score in scores.values())
    return scores


def stages_of(output: str) -> dict[str, Any]:
    """Parse the formatted feedback as Autolab does, and see that every stage is there."""
    parsed: dict[str, Any] = json.loads(output.rstrip().split("\n")[-2])
    assert parsed["_presentation"] == "semantic"
    for stage in parsed["stages"]:
        for test in parsed[stage].values():
            assert type(test["passed"]) is bool
            assert isinstance(test.get("hint", ""), str)
    return parsed


def job(folder: Path, files: dict[str, str]) -> Path:
    """Lay out a job as Tango does: the Makefile, the tar, the file of the student."""
    return fill(folder, {"Makefile": "all:\n", "autograde.tar": "", ".bashrc": "", **files})


def graded(folder: Path, files: dict[str, str], *words: str, **more: Any) -> Ran:
    """Run the entry in such a job."""
    return entry("autolab", folder, *words, cwd=job(folder / "home" / "autolab", files), **more)


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Have a file that loses points graded; it is an upload that Autolab has renamed."""
    return graded(tmp_path_factory.mktemp("wrong"), {"mini.py": WRONG})


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Have a file graded that says what Autolab might read."""
    return graded(tmp_path_factory.mktemp("hostile"), {"handin.py": RAISES}, "handin.py")


def test_full_points(tmp_path: Path) -> None:
    """Every problem has the sum of its checks, hidden ones too; nothing comes after the last line."""
    ran = graded(tmp_path, {"mini.py": RIGHT})

    assert (ran.code, ran.err) == (0, "")
    assert scores_of(ran.out) == {"double": 3.0, "total": 7.0}


def test_lost_points(wrong: Ran) -> None:
    """A failed check costs its problem, and its hint is in the stage of that problem."""
    stages = stages_of(wrong.out)

    assert scores_of(wrong.out) == {"double": 0.0, "total": 7.0}
    assert ["double", "total"] == stages["stages"] == stages["_scores_order"]
    assert [test["passed"] for test in stages["double"].values()] == [False, False]
    assert "Multiply by 2." in json.dumps(stages["double"])


def test_hidden_is_not_named(tmp_path: Path) -> None:
    """What is hidden counts for its problem, and no word of it is in the output."""
    ran = graded(tmp_path, {"mini.py": HALF})

    assert scores_of(ran.out) == {"double": 3.0, "total": 4.0}
    assert not any(word in ran.out + ran.err for word in HIDDEN)


def test_hostile_text(hostile: Ran) -> None:
    """Whatever a student's error says, the last two lines are ours."""
    assert scores_of(hostile.out) == {"double": 0.0, "total": 0.0}
    assert stages_of(hostile.out)["stages"] == ["double", "total"]
    assert not set("\x00\x1b") & set(hostile.out)
    assert len(hostile.out.encode()) < _MOST_OUTPUT


@pytest.mark.parametrize("files", [{"mini.py": ""}, TEN])
def test_nothing_to_grade(tmp_path: Path, files: dict[str, str]) -> None:
    """An empty file, and files of which none is the assignment's, get no points and a result."""
    ran = graded(tmp_path, files)

    assert ran.code == 0
    assert scores_of(ran.out) == {"double": 0.0, "total": 0.0}


def test_our_fault(tmp_path: Path) -> None:
    """Where we fail there is no result line, so that Autolab keeps what was there; no secret is printed."""
    ran = graded(tmp_path, {"mini.py": RIGHT}, course=broken_course(tmp_path))

    assert ran.code == 3
    with pytest.raises(json.JSONDecodeError):
        scores_of(ran.out)
    assert "not in your code" in ran.out
    assert SECRET not in ran.out + ran.err


def test_no_upload(tmp_path: Path) -> None:
    """Autolab always lays out a file: without one, and without the one that is named, it is no student's fault."""
    around = Surroundings(here=job(tmp_path / "job", {}))

    with pytest.raises(UsageError, match="no file of a student's"):
        autolab.find(around)
    with pytest.raises(UsageError, match=r"no mini\.py in"):
        autolab.find(Surroundings(here=around.here, words=("mini.py",)))


def test_link_is_not_followed(tmp_path: Path) -> None:
    """A link is left, and said so."""
    folder = job(tmp_path / "job", {})
    (folder / "mini.py").symlink_to("/etc/passwd")

    found = autolab.find(Surroundings(here=folder))

    assert found.files == {}
    assert "is a symbolic link" in found.notes[0]


def answered(*lines: Any, **more: Any) -> str:
    """Answer an answer made by hand."""
    return autolab.answer(told(*lines, **more), Found(), Surroundings(), Platforms()).out


def test_colon_in_a_problem() -> None:
    """A name with a colon would break the parser, and is spelled without one; so is one that Autolab uses itself."""
    output = answered(line(covers=("Q1: model",)), line(covers=("stages", "double")), line())

    assert scores_of(output) == {"Q1 - model": 1.0, "stages": 1.0, "Checks": 1.0}
    assert stages_of(output)["stages"] == ["Q1 - model", "stages (checks)", "Checks"]


def test_lateness_is_shared_out() -> None:
    """What lateness costs is taken from all problems, and the sum is the score to the last digit."""
    lines = [line(covers=(name,)) for name in "abc"]
    scores = scores_of(answered(*lines, score=2.0))

    assert round(sum(scores.values()), 9) == 2.0
    assert all(0.66 < score < 0.67 for score in scores.values())


def test_output_stays_below_the_cap() -> None:
    """Where much is said, it is said shorter: the middle is never cut out."""
    lines = [line(f"check {at}", 0, 2, HOSTILE * 300, covers=("double",)) for at in range(400)]
    output = answered(*lines)

    assert len(output.encode()) < _MOST_OUTPUT
    assert len(stages_of(output)["double"]) == 400
    assert scores_of(output) == {"double": 0.0}


def test_no_scores_are_no_result() -> None:
    """Autolab takes an empty list of scores for an error: where a person grades all, that is said, and nothing else."""
    output = answered(line(had=None, most=5))

    assert output.startswith("grade: no check")
    with pytest.raises(json.JSONDecodeError):
        scores_of(output)


def test_all_kinds_of_hidden() -> None:
    """Autolab can hide nothing until a date, so that nothing of any such check is printed."""
    output = answered(line(covers=("double",)), *unseen())

    assert SECRET not in output
    assert scores_of(output) == {"double": 1.0}


def test_rejected_as_failure() -> None:
    """Where staff want it so, what is no submission gets no result line, whatever it is called."""
    rejected = told(line(had=0, most=2), status="rejected", message='no file\n{"scores": {"double": 2}}')
    reply = autolab.answer(rejected, Found(), Surroundings(), Platforms(rejected="failure"))

    assert reply.code == 3
    assert reply.out.count("\n") == 1
    assert reply.out.startswith("grade: no file")
