"""What workers may leave where anybody may write, on a machine that cannot keep them out of there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox import leftovers

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="root alone can give files to another user")
GONE = 58123
"""A user of whom no process is left."""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Make a folder of ours where anybody may write."""
    made = Path(tempfile.mkdtemp(prefix="grader-test-", dir="/tmp"))
    made.chmod(0o777)
    yield made
    shutil.rmtree(made)


def _deep(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)


def test_what_a_user_left_is_removed_and_nothing_else(open_folder: Path) -> None:
    """Files, links and whole folders of the user go, at the top and in open folders of others; no link is followed."""
    ours = open_folder / "ours"
    ours.write_text("stays")
    (open_folder / "closed").mkdir(mode=0o755)
    (open_folder / "closed" / "file").write_text("stays: nobody else can have made it")
    (open_folder / "folder").mkdir()
    _deep(open_folder / "folder")
    (open_folder / "folder" / "link").symlink_to(open_folder / "closed")
    (open_folder / "link").symlink_to(open_folder / "closed")
    (open_folder / "dangling").symlink_to("nowhere")
    (open_folder / "file").write_text("x")
    (open_folder / "odd\nname").write_text("x")
    for name in ("folder", "link", "dangling", "file", "odd\nname", "closed/file"):
        os.chown(open_folder / name, GONE, GONE, follow_symlinks=False)

    leftovers.remove({GONE})

    assert sorted(path.name for path in open_folder.iterdir()) == ["closed", "ours"]
    assert (open_folder / "closed" / "file").exists()
    assert ours.read_text() == "stays"
    assert leftovers.find({GONE}) == []


def test_places_are_those_where_anybody_may_write() -> None:
    """The usual ones are found, none twice, and none of the kernel's own."""
    places = leftovers.open_places()

    assert {"/tmp", "/var/tmp", "/dev/shm"} <= set(places)  # noqa: S108 - where they would be left
    assert len(places) == len(set(places))
    assert not [place for place in places if place.startswith(("/proc", "/sys"))]
    assert all(Path(place).stat().st_mode & 0o003 == 0o003 for place in places)


@pytest.mark.parametrize(
    ("layers", "wanted"),
    [
        ({"setuid", "seccomp"}, True),
        ({"setuid", "landlock"}, False),
        ({"setuid", "namespaces"}, False),
        ({"landlock"}, False),
        (set(), False),
    ],
)
def test_only_where_nothing_keeps_them_out(layers: set[str], wanted: bool) -> None:
    """Nothing is removed where workers cannot write there, or where their files cannot be told from others'."""
    assert leftovers.possible(layers) == wanted
