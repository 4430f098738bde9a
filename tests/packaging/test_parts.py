"""What packages are made of: the course's files, our wheel, templates."""

from __future__ import annotations

import os
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from grader.assignment import load
from grader.errors import UsageError
from grader.packaging import rubric
from grader.packaging.parts import constraints, course_files, rendered
from grader.packaging.wheel import wheel
from tests.command import MINI

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Copy the small course, to change it."""
    return Path(shutil.copytree(MINI, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__")))


def test_a_course_holds_one_assignment_and_no_more() -> None:
    """Of the real course, one assignment is taken: mistakes too, variants not, and nothing of another one's."""
    files = course_files(load("himmelblau", ROOT), "course")

    assert {name.split("/")[2] for name in files} == {"himmelblau"}
    assert "course/solutions/himmelblau/checks.py" in files
    assert "course/solutions/himmelblau/mistakes/climbs.py" in files
    assert not [name for name in files if "variants" in name or "__pycache__" in name or "/." in name]


def test_the_packaged_course_decides_as_the_original(tmp_path: Path) -> None:
    """The hashes of what decides a result are those of the course that was packaged."""
    ours = load("himmelblau", ROOT)
    for name, member in course_files(ours, "course").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(member.data)
    theirs = load("himmelblau", tmp_path / "course")

    assert theirs.checks_sha256() == ours.checks_sha256()
    assert theirs.hidden_sha256() == ours.hidden_sha256()
    assert theirs.secret() == ours.secret()


def test_what_is_hidden_is_for_its_owner_alone(course: Path) -> None:
    """Modes close the hidden part wherever they survive."""
    modes = {name: member.mode for name, member in course_files(load("mini", course), "c").items()}

    assert {mode for name, mode in modes.items() if "/solutions/" in name} == {0o600}
    assert {mode for name, mode in modes.items() if "/assignments/" in name} == {0o644}


def test_links_stay_within(course: Path) -> None:
    """A link inside the assignment is what it leads to; one that leads out is refused and named."""
    hidden = course / "solutions" / "mini"
    (hidden / "again.py").symlink_to("checks.py")

    assert (
        course_files(load("mini", course), "c")["c/solutions/mini/again.py"].data == (hidden / "checks.py").read_bytes()
    )

    (hidden / "secrets").symlink_to("/etc")
    with pytest.raises(UsageError, match="secrets is a link that leads out"):
        course_files(load("mini", course), "c")


@pytest.mark.parametrize("gone", ["checks.py", "solution.py"])
def test_half_an_assignment_is_refused(gone: str, course: Path) -> None:
    """What cannot grade is not packaged."""
    (course / "solutions" / "mini" / gone).unlink()

    with pytest.raises(UsageError, match="incomplete"):
        course_files(load("mini", course), "c")


def test_the_wheel_has_what_a_wheel_must_have() -> None:
    """Its record names every file, with hash and size; no cache and nothing hidden is in it."""
    name, data = wheel()
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        record = archive.read(next(one for one in names if one.endswith(".dist-info/RECORD"))).decode()

    assert name.endswith("-py3-none-any.whl")
    assert {line.rsplit(",", 2)[0] for line in record.splitlines()} == set(names)
    assert not [one for one in names if "__pycache__" in one or "solution" in one or "/." in one]
    assert wheel() == (name, data)


def test_the_constraints_name_torch() -> None:
    """The versions that were tested together are found in a checkout."""
    assert b"\ntorch==" in constraints()


def test_a_template_needs_all_of_its_values() -> None:
    """A value that is forgotten is an error, and never an empty place in a script."""
    with pytest.raises(UndefinedError):
        rendered("gradescope/setup.sh", wheel="a.whl")


def test_collecting_the_checks_leaves_the_environment_as_it_was() -> None:
    """What keeps plugins out of that pytest would else keep ours out of one that is started later."""
    before = dict(os.environ)

    assert rubric.checks_of(load("mini", MINI))

    assert dict(os.environ) == before
