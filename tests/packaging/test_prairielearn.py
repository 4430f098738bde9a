"""PrairieLearn's question folder."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from grader.assignment import load
from grader.packaging import Files, Wanted
from grader.packaging.prairielearn import package
from tests.command import MINI

WANTED = Wanted(load("mini", MINI), image="registry/grade:1")

KEYS = {"uuid", "title", "topic", "type", "singleVariant", "gradingMethod", "externalGradingOptions"}
"""Of the schema of info.json, which refuses others."""


@pytest.fixture
def files() -> Files:
    """Package the small course."""
    return package(WANTED)


def test_the_question_is_graded_by_our_image(files: Files) -> None:
    """info.json names the image, our entry by its absolute path, the time, and no network."""
    info = json.loads(files["info.json"].data)

    assert set(info) == KEYS
    assert (info["type"], info["gradingMethod"]) == ("v3", "External")
    assert info["externalGradingOptions"] == {
        "image": "registry/grade:1",
        "entrypoint": [
            "/opt/grade/bin/grade", "platform", "prairielearn",
            "--assignment", "mini", "--course", "/grade/tests/course",
        ],
        "timeout": 180,
        "enableNetworking": False,
    }  # fmt: skip


def test_the_entry_finds_the_course_where_the_folder_is_mounted(files: Files) -> None:
    """`tests/` is `/grade/tests/` in the container, and holds the course with its hidden part."""
    assert {"tests/course/assignments/mini/assignment.toml", "tests/course/solutions/mini/checks.py"} <= set(files)
    assert not [name for name in files if "solution" in name and not name.startswith("tests/")]


def test_it_stays_the_same_question_when_its_content_changes() -> None:
    """The uuid is that of the assignment's name: a package made anew takes the place of the old one."""
    other = replace(WANTED, image="other/image", assignment=replace(WANTED.assignment, title="Another title"))

    found = {json.loads(package(wanted)["info.json"].data)["uuid"] for wanted in (WANTED, other)}

    assert len(found) == 1
    assert uuid.UUID(found.pop()).version == 5


def test_students_get_what_the_page_links_to(files: Files) -> None:
    """Each download that the page offers is there, and just the one file is asked for that is always taken."""
    page = files["question.html"].data.decode()

    linked = set(re.findall(r'<pl-file-download file-name="([^"]+)"', page))
    assert linked == {name.removeprefix("clientFilesQuestion/") for name in files if name.startswith("client")}
    assert "mini.py" in linked
    assert re.findall(r'<pl-file-upload file-names="([^"]+)"', page) == ["mini.py"]


def test_the_page_is_well_formed(files: Files) -> None:
    """Every element is closed, and the results of the grader are shown in the panel of submissions."""
    opened: list[str] = []
    nested = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            del attrs
            opened.append(tag)
            nested.append(tuple(opened))

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Reader().feed(files["question.html"].data.decode().partition("}}")[2])

    assert opened == []
    assert ("pl-submission-panel", "pl-external-grader-results") in nested
    assert ("pl-question-panel", "pl-file-upload") in nested
