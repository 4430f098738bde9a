"""The Gradescope zip, without a container: its layout, its scripts; `tests/container/` runs it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from grader.assignment import load
from grader.packaging import Files, Wanted, packager_of
from grader.packaging.gradescope import package
from grader.platforms.answer import answer_of
from grader.platforms.contract import Found, Surroundings
from grader.platforms.gradescope import answer
from grader.platforms.settings import Platforms
from tests.command import MINI
from tests.gradebook.makers import graded, submission

INDEX = "https://mirror.example/whl/cpu?a='b'&$c"


@pytest.fixture
def files() -> Files:
    """Package the small course."""
    return package(Wanted(load("mini", MINI), torch_index=INDEX))


def test_scripts_lie_at_the_root_and_can_be_run(files: Files) -> None:
    """`setup.sh` and `run_autograder` are executable, have a shebang and end their lines as a shell wants it."""
    for name in ("setup.sh", "run_autograder"):
        assert files[name].mode == 0o755
        assert files[name].data.startswith(b"#!/bin/sh\n")
        assert b"\r" not in files[name].data
        assert b"@{" not in files[name].data
        subprocess.run(["/bin/sh", "-n"], input=files[name].data, check=True)


def test_the_entry_is_the_last_thing_that_runs(files: Files) -> None:
    """`run_autograder` becomes `grade platform`, by absolute paths: its code is Gradescope's."""
    last = files["run_autograder"].data.decode().splitlines()[-1]

    assert last == ("exec /opt/grade/bin/grade platform gradescope --assignment mini --course /opt/grade-course")


def test_the_index_is_quoted_and_can_be_changed(files: Files) -> None:
    """An address with characters of the shell's is what pip gets; $TORCH_INDEX takes its place, even empty."""
    lines = files["setup.sh"].data.decode().splitlines()
    (line,) = (line for line in lines if line.startswith("if [ -z") and "TORCH_INDEX" in line)

    def index(environment: dict[str, str]) -> str:
        script = f'set -eu\n{line}\nprintf %s "$TORCH_INDEX"'
        return subprocess.run(  # noqa: S603 - ours
            ["/bin/sh", "-c", script], env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert index({}) == INDEX
    assert index({"TORCH_INDEX": "https://other/"}) == "https://other/"
    assert index({"TORCH_INDEX": ""}) == ""


def test_without_an_index_its_cost_is_told() -> None:
    """The README and the command say that several GB may come, and what to give."""
    wanted = Wanted(load("mini", MINI))

    for text in (package(wanted)["README.md"].data.decode(), "\n".join(packager_of("gradescope").then(wanted))):
        assert "--torch-index" in text
        assert "GB" in text


def test_codio_takes_the_same_zip(files: Files) -> None:
    """Codio's package is Gradescope's, with other words on what to do."""
    wanted = Wanted(load("mini", MINI), torch_index=INDEX)

    assert packager_of("codio").package(wanted) == files
    assert packager_of("codio").then(wanted) != packager_of("gradescope").then(wanted)


def test_codio_is_told_percents(files: Files, tmp_path: Path) -> None:
    """Codio takes the score for a percentage, and stops after three minutes: the entry is told of the latter."""
    result = graded(submission(tmp_path, "jane"), 7.0).result
    told = replace(answer_of(result, 7.0), max_score=40.0)

    def score(environment: dict[str, str]) -> float:
        reply = answer(told, Found(), Surroundings(environment=environment), Platforms())
        (data,) = reply.files.values()
        return float(json.loads(data)["score"])

    assert score({}) == 7.0
    assert score({"CODIO_AUTOGRADE_ENV": "{}"}) == 17.5
    assert "TIMEOUT_SECONDS=170" in files["run_autograder"].data.decode()
