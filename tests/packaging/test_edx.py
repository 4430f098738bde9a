"""The package for Open edX: its entry is run as the ContainerGrader does, and its settings are read."""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.command import MINI
from tests.packaging.unpacked import bytes_of, check_image, packaged, run
from tests.platforms.handmade import WRONG
from tests.platforms.test_edx import result_of

pytestmark = [pytest.mark.slow, pytest.mark.beside]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the package."""
    return packaged("edx", tmp_path_factory.mktemp("made") / "edx", "--image", "registry.example/course/grade-mini:1")


def test_a_submission_is_graded(made: Path, tmp_path: Path) -> None:
    """The entry of the image, with the words that the watcher puts behind it, prints one line."""
    env = {"COURSE": str(made / "image" / "course"), "SUBMISSION_CODE": WRONG, "HIDE_OUTPUT": "0"}
    ran = run(["sh", made / "image" / "grade-entry", "/graders/mini.py", "17"], tmp_path, env)

    assert ran.code == 0
    assert result_of(ran.out)["score"] == 0.7


def container_grader(
    grader_root: str, image: str, backend: str | None = None, namespace: str | None = None,
    cpu_limit: str | None = None, memory_limit: str | None = None, timeout: int | None = None,
    image_pull_policy: str | None = None, *, poll_image_digest: bool = False, digest_poll_interval: int = 300,
    docker_host_grader_root: str | None = None,
) -> None:  # fmt: skip
    """Take what the watcher's ContainerGrader takes."""


def test_settings_of_the_watcher(made: Path) -> None:
    """The settings name one server, the image that was given, and only what the ContainerGrader takes."""
    queues = json.loads((made / "conf.d" / "mini.json").read_text())
    queue = queues["grade-mini"]
    arguments = queue["HANDLERS"][0]["KWARGS"]
    inspect.signature(container_grader).bind(**arguments)

    assert {"SERVER_REF", "CONNECTIONS", "HANDLERS"} == set(queue)
    assert arguments["image"] == "registry.example/course/grade-mini:1"
    assert (arguments["memory_limit"], arguments["timeout"]) == ("2048Mi", 180)


def test_the_problem(made: Path) -> None:
    """The problem is XML, names the queue and the assignment, and begins with the stub."""
    problem = ElementTree.fromstring((made / "problem.xml").read_text())  # noqa: S314 - our own

    assert problem.find("coderesponse").get("queuename") == "grade-mini"  # type: ignore[union-attr]
    assert json.loads(problem.findtext(".//grader_payload") or "") == {"grader": "mini.py"}
    assert problem.findtext(".//initial_display") == (MINI / "assignments" / "mini" / "mini.py").read_text()
    assert problem.find(".//textbox") is not None


def test_the_image_runs_as_the_watcher_wants(made: Path) -> None:
    """The user is 1000, the folder is the watcher's, and what is hidden is closed to all others."""
    text = check_image(made / "image")

    assert "USER 1000\n" in text
    assert "WORKDIR /grader\n" in text
    assert "chmod -R go-rwx /opt/grade-course" in text


def test_same_bytes(made: Path, tmp_path: Path) -> None:
    """It is the same whenever it is made."""
    again = packaged("edx", tmp_path / "again", "--image", "registry.example/course/grade-mini:1")

    assert bytes_of(made) == bytes_of(again)
