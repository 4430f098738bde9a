"""`grade platform auto` knows each platform by what it lays out, and takes none for another."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.platforms import platform_of, recognised
from grader.platforms.contract import Surroundings
from grader.platforms.settings import PLATFORMS
from tests.platforms.places import fill, gradescope, prairielearn

GITHUB = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": "/w", "GITHUB_OUTPUT": "/o", "CI": "true"}
VPL = {"VPL_GRADEMIN": "0", "VPL_GRADEMAX": "10", "VPL_SUBFILE0": "mini.py", "VPL_LANG": "en"}
CLASSROOM50 = GITHUB | {"CLASSROOM": "ml", "ASSIGNMENT": "mini", "SUBMISSION_TAG": "submit/1"}
LAID_OUT: dict[str, tuple[list[str], dict[str, str]]] = {
    "autolab": (["Makefile", "autograde.tar", "mini.py"], {}),
    "coursera": (["shared/submission/mini.py"], {"partId": "p", "userId": "u", "filename": "x.py"}),
    "edx": ([], {"SUBMISSION_CODE": "x = 1", "GRADER_LANGUAGE": "en", "HIDE_OUTPUT": "0"}),
    "submitty": (["custom_validator_input.json", "mini.py"], {}),
    "coderunner": (["grade-coderunner.json"], {}),
    "vpl": (["vpl_execution", "mini.py"], VPL),
    "github": (["mini.py"], GITHUB),
    "classroom50": (["mini.py"], CLASSROOM50),
}
"""The files below `/` or the current folder, and the environment; the other two are laid out by `places`."""


@pytest.mark.parametrize("name", PLATFORMS)
def test_each_is_known_by_what_it_lays_out(tmp_path: Path, name: str) -> None:
    """Exactly one platform fits to each tree."""
    here, environment = tmp_path / "here", {"HOME": "/root"}
    here.mkdir()
    if name == "gradescope":
        gradescope(tmp_path, {})
    elif name == "prairielearn":
        prairielearn(tmp_path, {})
    else:
        files, environment = LAID_OUT[name]
        fill(here, dict.fromkeys(files, ""))
        fill(tmp_path, dict.fromkeys([file for file in files if "/" in file], ""))

    assert recognised(Surroundings(root=tmp_path, here=here, environment=environment)).name == name


def test_where_two_fit_it_is_asked_which(tmp_path: Path) -> None:
    """Nothing is guessed: a result in another platform's form would be none."""
    gradescope(tmp_path, {})
    prairielearn(tmp_path, {})

    with pytest.raises(UsageError, match="any of gradescope, prairielearn: say which"):
        recognised(Surroundings(root=tmp_path, here=tmp_path, environment={}))


def test_a_name_that_is_no_platforms_is_refused() -> None:
    """The sentence lists those that there are."""
    with pytest.raises(UsageError, match="there is no platform 'moodle': give auto or one of gradescope"):
        platform_of("moodle")
