"""What a worker may use up, as far as the kernel counts it by itself, and which privileges of root are left.

What no resource limit covers (resident memory, the scratch directory as a whole) the watcher counts from
outside.
"""

from __future__ import annotations

import ctypes
import resource
from collections.abc import Collection
from pathlib import Path
from typing import Final

from grader.sandbox import syscalls

_CAP_KILL, _CAP_SETGID, _CAP_SETUID = 5, 6, 7
FOR_FORKING_WORKERS: Final = frozenset({_CAP_KILL, _CAP_SETGID, _CAP_SETUID})
"""All of root's privileges that a nursery needs: give a worker its uid, and end it."""

_PR_CAPBSET_READ, _PR_CAPBSET_DROP, _PR_CAP_AMBIENT, _AMBIENT_CLEAR_ALL = 23, 24, 47, 4
_CAPABILITY_VERSION_3 = 0x20080522


def vm_size() -> int:
    """Measure the address space of this process in bytes; the nursery does so while it still has /proc."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


def table(
    *, address_space: int, cpu_seconds: int, file_bytes: int, open_files: int, threads: int | None
) -> dict[int, tuple[int, int]]:
    """Return the soft and the hard limit of each resource.

    `address_space` counts what the nursery has already mapped. `threads` belongs to a uid of its own: the
    kernel counts all processes of a user, and on a laptop the desktop alone would be over the limit.
    """
    limits = {
        resource.RLIMIT_AS: (address_space, address_space),
        # At the soft limit comes SIGXCPU, which can be caught; one second later SIGKILL, which cannot.
        resource.RLIMIT_CPU: (cpu_seconds, cpu_seconds + 1),
        resource.RLIMIT_FSIZE: (file_bytes, file_bytes),
        resource.RLIMIT_NOFILE: (open_files, open_files),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_MEMLOCK: (0, 0),
        resource.RLIMIT_MSGQUEUE: (0, 0),
        resource.RLIMIT_NICE: (0, 0),
        resource.RLIMIT_RTPRIO: (0, 0),
    }
    if threads is not None:
        limits[resource.RLIMIT_NPROC] = (threads, threads)
    return limits


def apply(limits: dict[int, tuple[int, int]]) -> None:
    """Set the limits, hard ones too, so that they cannot be raised again."""
    for which, wanted in limits.items():
        current = resource.getrlimit(which)
        if current[1] != resource.RLIM_INFINITY:
            wanted = (min(wanted[0], current[1]), min(wanted[1], current[1]))
        if wanted != current:
            resource.setrlimit(which, wanted)
            if resource.getrlimit(which) != wanted:
                raise OSError("a limit was set, and is not in force")


class _Header(ctypes.Structure):
    """The kernel's `struct __user_cap_header_struct`."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    """The kernel's `struct __user_cap_data_struct`, twice: capabilities 0 to 31 and 32 to 63."""

    _fields_ = tuple(
        (f"{name}_{half}", ctypes.c_uint32)
        for half in ("low", "high")
        for name in ("effective", "permitted", "inheritable")
    )


def keep_capabilities(kept: Collection[int]) -> None:
    """Give up every capability but these, in all sets; what is not held is not given."""
    empty_bounding_set()
    mask = sum(1 << capability for capability in kept)
    header, held = _Header(_CAPABILITY_VERSION_3, 0), _Sets()
    syscalls.call("capget", header, held)
    low, high = held.permitted_low & mask, held.permitted_high & mask >> 32
    syscalls.call("capset", header, _Sets(low, low, 0, high, high, 0))


def empty_bounding_set() -> None:
    """Let no program that is executed later regain a capability; without CAP_SETPCAP this is not ours to do.

    Then it does not matter either: `no_new_privs` says the same.
    """
    syscalls.call("prctl", _PR_CAP_AMBIENT, _AMBIENT_CLEAR_ALL, 0, 0, 0)
    for capability in range(64):
        try:
            if syscalls.call("prctl", _PR_CAPBSET_READ, capability):
                syscalls.call("prctl", _PR_CAPBSET_DROP, capability, 0, 0, 0)
        except OSError:  # no such capability: the last one was before it; or not allowed
            return


def held_capabilities() -> int:
    """Return the capabilities that are in effect or could be put in effect, one bit each."""
    header, held = _Header(_CAPABILITY_VERSION_3, 0), _Sets()
    syscalls.call("capget", header, held)
    low: int = held.effective_low | held.permitted_low | held.inheritable_low
    high: int = held.effective_high | held.permitted_high | held.inheritable_high
    return low | high << 32
