"""What the control group of this process leaves it: memory and processes, in containers of either version.

What lies over a limit is ended by the kernel, which does not ask whose fault it is; so we keep below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_OWN = Path("/proc/self/cgroup")

_RESERVE_SHARE, _RESERVE_MB = 0.1, 96
"""What is kept back for the trusted side, which computes reference values while submitted code runs."""

_SPARE_PROCESSES = 8

_UNLIMITED = 1 << 60
"""The first version writes a huge number where there is no limit."""


def memory_left_mb(root: Path = _ROOT, own: Path = _OWN) -> int | None:
    """Say how much memory submitted code may still take, in MB; None where nothing limits it."""
    found = []
    for folder, version in _folders(root, own, "memory"):
        names = ("memory.max", "memory.current") if version == 2 else ("memory.limit_in_bytes", "memory.usage_in_bytes")
        limit, used = _number(folder / names[0]), _number(folder / names[1])
        if limit is not None and used is not None:
            used -= _given_back(folder / "memory.stat")
            found.append(limit - used - max(_RESERVE_MB << 20, int(limit * _RESERVE_SHARE)))
    return max(0, min(found)) >> 20 if found else None


def processes_left(root: Path = _ROOT, own: Path = _OWN) -> int | None:
    """Say how many processes and threads submitted code may still start; None where nothing limits them."""
    found = []
    for folder, _ in _folders(root, own, "pids"):
        limit, used = _number(folder / "pids.max"), _number(folder / "pids.current")
        if limit is not None and used is not None:
            found.append(limit - used - _SPARE_PROCESSES)
    return max(0, min(found)) if found else None


def _folders(root: Path, own: Path, controller: str) -> Iterator[tuple[Path, int]]:
    """List the groups that this process is in, from its own up, with the version of each.

    In a container the path of the group may be the host's, which is not there: then the root is the container's own.
    """
    try:
        lines = own.read_text(encoding="ascii").splitlines()
    except OSError:
        return
    for line in lines:
        number, names, path = line.split(":", 2)
        if number == "0":
            base, version = root, 2
        elif controller in names.split(","):
            base, version = root / controller, 1
        else:
            continue
        parts = [part for part in path.split("/") if part not in ("", "..")]
        for count in range(len(parts), -1, -1):
            yield base.joinpath(*parts[:count]), version


def _number(path: Path) -> int | None:
    """Read a count; None where there is none, or no limit."""
    try:
        text = path.read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdigit() and int(text) < _UNLIMITED else None


def _given_back(path: Path) -> int:
    """Read how many bytes of the used ones the kernel gives back when it is asked for more: files it has cached."""
    try:
        facts = dict(line.split() for line in path.read_text(encoding="ascii").splitlines())
    except (OSError, ValueError):
        return 0
    return int(facts.get("total_inactive_file", facts.get("inactive_file", 0)))
