"""Which layers a run takes, and when it refuses to start."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.sandbox import host, lockdown, privacy, remedies


def _mask(*layers: str) -> frozenset[str]:
    return frozenset(layers)


def test_auto_takes_all_that_the_machine_gives() -> None:
    """Nothing that is to be had is left out."""
    assert host.choose_layers("auto") == lockdown.available()


def test_off_takes_none() -> None:
    """The sandbox is off only when that is said by name."""
    assert host.choose_layers("off") == ()


@pytest.mark.parametrize("layer", remedies.FLOOR)
def test_below_the_floor_nothing_starts(layer: str) -> None:
    """Without one of the layers of the floor the run refuses, and names what is missing."""
    with pytest.raises(SandboxError, match=layer):
        host.choose_layers("auto", mask=_mask(layer))


def test_without_a_user_id_and_landlock_nothing_starts() -> None:
    """One of the two that keep files apart must be there."""
    with pytest.raises(SandboxError, match="neither setuid nor landlock"):
        host.choose_layers("auto", mask=_mask("setuid", "landlock"))


@pytest.mark.parametrize("layer", ["namespaces", "landlock", "setuid"])
def test_one_of_the_others_may_be_missing(layer: str) -> None:
    """Above the floor a run starts with what there is."""
    given = lockdown.available()
    chosen = host.choose_layers("auto", mask=_mask(layer)) if {"setuid", "landlock"} <= set(given) else given

    assert set(remedies.FLOOR) <= set(chosen)


@pytest.mark.parametrize("layer", lockdown.LAYERS)
def test_strict_wants_every_layer(layer: str) -> None:
    """`--sandbox strict` refuses a machine that lacks any layer, and names it."""
    with pytest.raises(SandboxError, match=layer):
        host.choose_layers("strict", mask=_mask(layer))


def test_what_must_stay_hidden_may_not_lie_where_workers_read() -> None:
    """A solution inside the virtual environment would be readable: the nursery does not start."""
    with pytest.raises(SandboxError, match="must stay hidden"):
        host.start_nursery((), hidden=[Path(sys.prefix) / "solutions"])


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Make a directory that hostile code might leave."""
    root = tmp_path / "scratch"
    deep = root
    for _ in range(900):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (root / "locked").mkdir()
    (root / "locked" / "file").write_text("x")
    (root / "locked").chmod(0)
    (root / "link").symlink_to(tmp_path)
    return root


def test_what_hostile_code_leaves_can_be_removed(tree: Path) -> None:
    """Nested directories, locked ones and links go, and nothing outside goes with them."""
    outside = tree.parent / "outside"
    outside.write_text("stays")

    host.remove_tree(tree)

    assert not tree.exists()
    assert outside.read_text() == "stays"


def test_where_modes_alone_hide_something_they_must(temporary: Path) -> None:
    """Without Landlock and namespaces a folder that every user may enter is refused, and one that is closed is not."""
    folder = temporary / "solutions"
    folder.mkdir(mode=0o755)
    (folder / "solution.py").write_text("secret = 1\n")

    with pytest.raises(SandboxError, match=f"chmod o-rwx {folder}"):
        host.start_nursery(("rlimits", "setuid", "no_new_privs", "seccomp"), hidden=[folder])

    assert privacy.open_to_others(folder / "solution.py")
    folder.chmod(0o700)
    assert not privacy.open_to_others(folder)
    assert not privacy.open_to_others(folder / "solution.py")
