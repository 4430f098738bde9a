"""Attacks that a real worker tries at start-up, after it was locked down: none may succeed.

Each is harmless where it does succeed: it undoes what it did, spoils what was planted for it, or asks the
kernel for nonsense. No list of what must fail is complete: this one asks whether the layers are in force,
not whether they are right.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from grader.sandbox import probes_files, probes_kernel, probes_processes
from grader.sandbox.attempts import Probe, Targets

PROBES: Final[dict[str, Probe]] = {
    **probes_files.PROBES,
    **probes_kernel.PROBES,
    **probes_processes.PROBES,
    **probes_processes.CHANGING,
}

_OPEN_TO_ALL: Final = frozenset(
    {
        "write_shared_memory", "write_temporary", "write_lasting_temporary", "open_terminal", "read_accounts",
        "see_processes",
    }
)  # fmt: skip


def run(targets: Targets) -> list[str]:
    """Try every probe and return the names of those that succeeded."""
    return [name for name, probe in PROBES.items() if _succeeds(probe, targets)]


def unavoidable(layers: Collection[str]) -> frozenset[str]:
    """Return the probes that are known to succeed where only these layers are in force."""
    names: set[str] = set()
    if not {"namespaces", "setuid"} & set(layers):
        names.add("stat_secret")  # Landlock does not cover it; the path must be guessed
    if not {"namespaces", "landlock"} & set(layers):
        names |= _OPEN_TO_ALL  # modes of files let every user do it; what is written there, `leftovers` removes
    return frozenset(names)


def _succeeds(probe: Probe, targets: Targets) -> bool:
    try:
        return probe(targets)
    except OSError:
        return False
