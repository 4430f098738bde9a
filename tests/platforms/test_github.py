"""GitHub Actions: the step's output is decoded and added up as the reporter does it."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader.errors import UsageError
from grader.platforms import recognised
from grader.platforms.contract import Found, Reply, Surroundings
from grader.platforms.github import LATENESS, NOT_SHOWN, answer, fault, find
from grader.platforms.markdown import inline
from grader.platforms.settings import Platforms
from tests.command import MINI
from tests.platforms import made
from tests.platforms.places import broken_course, entry, fill, other_course

CHECKS = "solutions/mini/checks.py"
_TEST = {"name", "status", "score", "message", "test_code", "task_id", "filename", "line_no", "duration"}


@dataclass(frozen=True)
class Reported:
    """What the reporter makes of the output: what it adds up, prints and fails on."""

    result: dict[str, Any]
    points: float
    most: float
    log: str
    failed: bool


def reported(output: str) -> Reported:
    """Read a step's output and report it as the reporter does; asserts what would break it."""
    (name, encoded), *more = [line.split("=", 1) for line in output.splitlines()]
    assert (name, more) == ("result", [])
    assert len(f"GRADE_RESULTS={encoded}") < 131_072, "Linux starts no program with a longer variable"
    result: dict[str, Any] = json.loads(base64.b64decode(encoded, validate=True))
    assert result["version"] == 3
    assert result["status"] in ("pass", "fail", "error")
    assert result["tests"], "the reporter divides by their number"
    for test in result["tests"]:
        assert set(test) == _TEST
        assert test["status"] in ("pass", "fail", "error")
    passed = [test for test in result["tests"] if test["status"] == "pass"]
    lines = [f"\u2705 {test['name']}" for test in passed]
    for test in result["tests"]:
        if test["status"] != "pass":
            lines += [f"\u274c {test['name']}", f"Error: {test['message'] or test['name']}"]
    points = sum(test["score"] for test in result["tests"]) if result["max_score"] else 0
    return Reported(result, points, result["max_score"], "\n".join(lines), result["status"] != "pass")


def commands(log: str) -> list[str]:
    """Find what GitHub's runner takes for commands in a log."""
    return [line for line in re.split(r"[\r\n]", log) if line.lstrip().startswith("::") or "##[" in line]


@dataclass(frozen=True)
class Job:
    """A step that has run."""

    code: int
    log: str
    reported: Reported
    summary: str


def ran(where: Path, files: dict[str, bytes], course: Path | None = MINI) -> Job:
    """Run the entry as a step does in a checkout, which lies among what git and GitHub keep there."""
    git = {".git/config": b"[core]\n", ".github/workflows/grade.yml": b"on: push\n", "README.md": b"# hw\n"}
    checkout = fill(where / "checkout", files | git)
    output, summary = where / "output", where / "summary.md"
    summary.write_text("An earlier step was here.\n\n")
    environment = {
        "GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_WORKSPACE": str(checkout), "GITHUB_ACTOR": "jdoe", "GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": "",
    }  # fmt: skip
    done = entry("github", checkout, course=course, env=environment)
    log = done.out + done.err
    assert commands(log) == []
    return Job(done.code, log, reported(output.read_text()), summary.read_text())


def around(where: Path) -> Surroundings:
    """Say where a step runs."""
    return Surroundings(here=where, environment={"GITHUB_OUTPUT": "/o", "GITHUB_STEP_SUMMARY": "/s"})


def of(reply: Reply) -> tuple[Reported, str]:
    """Read what a step leaves: what is reported, and the summary."""
    return reported(reply.appended[Path("/o")]), reply.appended[Path("/s")]


def test_right(tmp_path: Path) -> None:
    """A right answer among ten files passes, with all points; what was in the summary stays."""
    job = ran(tmp_path, {"mini.py": made.RIGHT.encode()} | made.OTHERS)

    assert (job.code, job.reported.failed) == (0, False)
    assert (job.reported.points, job.reported.most) == (10, 10)
    assert job.summary.startswith("An earlier step was here.\n\n### ")
    assert "10 of 10 points" in job.log


def test_hidden(tmp_path: Path) -> None:
    """A hidden check costs its points, and nothing else is told of it anywhere."""
    job = ran(tmp_path, {"mini.py": made.HALF.encode()})

    assert (job.code, job.reported.failed) == (0, True)
    assert (job.reported.points, job.reported.most) == (7, 10)
    assert job.reported.result["tests"][-1]["name"] == NOT_SHOWN
    everything = job.log + job.summary + json.dumps(job.reported.result)
    assert not any(word in everything for word in made.HIDDEN)


def test_settings_of_libraries(tmp_path: Path) -> None:
    """A `matplotlibrc` in the checkout is not read where the checks run, though the step runs beside it."""
    course = other_course(tmp_path, {CHECKS: ("from grader", "import matplotlib.pyplot\n\nfrom grader")})

    job = ran(tmp_path, {"mini.py": made.RIGHT.encode(), "matplotlibrc": b"\xff"}, course)

    assert (job.code, job.reported.points) == (0, 10)


def test_a_course_of_a_student(tmp_path: Path) -> None:
    """A course that is handed in is left alone, where the workflow names none: its checks would run unwalled."""
    theirs = {str(path.relative_to(MINI)): path.read_bytes() for path in MINI.rglob("*.*") if path.is_file()}
    theirs[CHECKS] = f"from pathlib import Path\n\nPath({str(tmp_path / 'ran')!r}).touch()\n".encode()

    job = ran(tmp_path, {"mini.py": made.RIGHT.encode()} | theirs, None)

    assert (job.code, job.reported.most) == (3, 0)
    assert not (tmp_path / "ran").exists()


def test_hostile(tmp_path: Path) -> None:
    """Whatever a student's exception says, it is no command in the log of the reporter and no HTML in the summary."""
    job = ran(tmp_path, {"mini.py": made.RAISES.encode()})

    assert (job.reported.points, job.reported.failed) == (0, True)
    assert commands(job.reported.log) == []
    assert "<script" not in job.summary
    assert "\x1b" not in job.summary + job.reported.log


@pytest.mark.parametrize("files", [{}, {"mini.py": b""}], ids=["none", "empty"])
def test_nothing(tmp_path: Path, files: dict[str, bytes]) -> None:
    """No file and an empty one have no points, and are told why."""
    job = ran(tmp_path, files)

    assert (job.code, job.reported.points, job.reported.most) == (0, 0, 10)
    assert job.reported.failed
    assert "<pre>" in job.summary


def test_our_fault(tmp_path: Path) -> None:
    """Where our checks are broken it is an error without points, the step fails, and nothing of it is shown."""
    job = ran(tmp_path / "job", {"mini.py": made.RIGHT.encode()}, broken_course(tmp_path))

    assert job.code != 0
    assert job.reported.result["status"] == "error"
    assert (job.reported.points, job.reported.most) == (0, 0), "which the reporter leaves out of the total"
    assert made.SECRET not in job.log + job.summary + json.dumps(job.reported.result)
    assert "not in your code" in job.summary


def test_lateness(tmp_path: Path) -> None:
    """What the reporter adds up is the score after lateness."""
    told = made.told(made.line(had=4, most=4), made.line(had=3, most=6, visibility="hidden"), score=5.5)

    said, _ = of(answer(told, Found(), around(tmp_path), Platforms()))

    assert (said.points, said.most) == (5.5, 10)
    assert [test["name"] for test in said.result["tests"]] == ["A title", NOT_SHOWN, LATENESS]


def test_a_person_grades_it(tmp_path: Path) -> None:
    """Without a check that the program grades there is a test all the same: the reporter breaks where none is."""
    said, _ = of(answer(made.told(made.line(had=None, most=5)), Found(), around(tmp_path), Platforms()))

    assert (said.points, said.most, said.failed) == (0, 0, False)


def test_texts(tmp_path: Path) -> None:
    """However many checks there are and whatever they say, the output fits and adds up."""
    for count in (300, 3000):
        lines = [made.line(made.HOSTILE, 0.5, 1, made.HOSTILE * 1000) for _ in range(count)]

        said, summary = of(answer(made.told(*lines, notes=(made.HOSTILE,)), Found(), around(tmp_path), Platforms()))

        assert (said.points, said.most) == (count / 2, count)
        assert commands(said.log) == []
        assert len(summary) < 125_000
        assert "<script" not in summary


def test_inline() -> None:
    """A title on a page of Markdown is itself: no cell ends in it, and nothing in it is a mark or HTML."""
    assert inline("a|b\n<i>*_`@x` é") == "a&#124;b &#60;i&#62;&#42;&#95;&#96;&#64;x&#96; é"


def test_rejected_as_a_failure(tmp_path: Path) -> None:
    """Where staff want it so, what is no submission is an error in place of no points."""
    rejected = made.told(made.line(had=0, most=2), status="rejected")

    zero, _ = of(answer(rejected, Found(), around(tmp_path), Platforms()))
    error, _ = of(answer(rejected, Found(), around(tmp_path), Platforms(rejected="failure")))

    assert (zero.most, error.most) == (2, 0)
    assert error.result["status"] == "error"


def test_outside_of_a_workflow(tmp_path: Path) -> None:
    """Where nothing can be told, a fault is at least no success."""
    nowhere = Surroundings(here=tmp_path, environment={})

    with pytest.raises(UsageError):
        find(nowhere)
    assert fault("It broke.", nowhere) == Reply(err="grade: It broke.\n", code=3)


def test_pushed_at(tmp_path: Path) -> None:
    """A submission is of when it was pushed, which nobody can choose; of other events nothing is told."""
    event = fill(tmp_path, {"event.json": b'{"repository": {"pushed_at": 1790848265}}'}) / "event.json"
    push = {"GITHUB_OUTPUT": "/o", "GITHUB_EVENT_NAME": "push", "GITHUB_EVENT_PATH": str(event)}

    assert find(Surroundings(here=tmp_path, environment=push)).submitted_at == "2026-10-01T09:51:05Z"
    other = push | {"GITHUB_EVENT_NAME": "workflow_dispatch"}
    assert find(Surroundings(here=tmp_path, environment=other)).submitted_at == ""


def test_recognised(tmp_path: Path) -> None:
    """It is known by its variable."""
    assert recognised(Surroundings(tmp_path, tmp_path, {"GITHUB_ACTIONS": "true"})).name == "github"


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    """Where the output has no place the step fails: nothing may look as if it had been reported."""
    fill(tmp_path, {"mini.py": made.RIGHT.encode()})

    done = entry("github", tmp_path, env={"GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": str(tmp_path / "no" / "output")})

    assert done.code != 0
    assert done.out == ""
