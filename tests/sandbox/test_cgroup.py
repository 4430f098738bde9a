"""What a control group leaves, in made-up file systems of both versions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.sandbox import cgroup

GB = 1 << 30


def _made(folder: Path, own: str, files: Mapping[str, str | int]) -> tuple[Path, Path]:
    for name, text in files.items():
        path = folder / "fs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n")
    (folder / "cgroup").write_text(own)
    return folder / "fs", folder / "cgroup"


V2: dict[str, str | int] = {"memory.max": 2 * GB, "memory.current": GB, "pids.max": 100, "pids.current": 12}


def test_a_container_of_version_2(tmp_path: Path) -> None:
    """What is used is taken off, but for cached files, and a tenth of the limit is kept back."""
    made = _made(tmp_path, "0::/\n", V2 | {"memory.stat": f"anon 5\ninactive_file {GB // 2}"})

    assert cgroup.memory_left_mb(*made) == 1536 - 205
    assert cgroup.processes_left(*made) == 100 - 12 - 8


def test_a_container_of_version_1(tmp_path: Path) -> None:
    """The path of the group is the host's, and is not there: the root is the container's own."""
    files: dict[str, str | int] = {"memory/memory.limit_in_bytes": GB, "memory/memory.usage_in_bytes": GB // 2}
    made = _made(tmp_path, "9:memory:/docker/abc\n4:cpu,pids:/docker/abc\n0::/docker/abc\n", files)

    assert cgroup.memory_left_mb(*made) == 512 - 103
    assert cgroup.processes_left(*made) is None


def test_the_tightest_of_the_groups_around_counts(tmp_path: Path) -> None:
    """A group may have no limit of its own, and lie in one that has."""
    files = {f"jobs/{name}": value for name, value in V2.items()}
    made = _made(tmp_path, "0::/jobs/one\n", files | {"jobs/one/memory.max": "max", "jobs/one/memory.current": 5})

    assert cgroup.memory_left_mb(*made) == 1024 - 205


@pytest.mark.parametrize("own", ["", "0::/\n", "3:memory:/\n"])
def test_no_limit_is_none(tmp_path: Path, own: str) -> None:
    """A machine without limits, or with the huge numbers that stand for none, leaves whatever it has."""
    huge = (1 << 63) - 4096
    files: dict[str, str | int] = {"memory.max": "max", "memory.current": 1, "pids.max": "max"}
    made = _made(tmp_path, own, files | {"memory/memory.limit_in_bytes": huge, "memory/memory.usage_in_bytes": 1})

    assert cgroup.memory_left_mb(*made) is None
    assert cgroup.processes_left(*made) is None


def test_nothing_left_is_not_less_than_nothing(tmp_path: Path) -> None:
    """Over the limit there is none left."""
    made = _made(tmp_path, "0::/\n", {"memory.max": GB, "memory.current": 2 * GB, "pids.max": 3, "pids.current": 9})

    assert (cgroup.memory_left_mb(*made), cgroup.processes_left(*made)) == (0, 0)
