"""The wall round a worker: which layers there are, which this machine gives, and how they are put in force.

    namespaces      hidden files have no name, no network       taken once, by the nursery
    rlimits         memory, CPU, file size, threads             counted by the kernel
    setuid          a uid of its own: file modes, signals       root only; in a container the main wall
    no_new_privs    no capabilities, and no way to any          the two below need it
    landlock        read Python, write scratch, nothing else    Linux 5.13 or later
    seccomp         threads yes, processes and sockets no       x86_64 and aarch64

A layer is left out where the machine does not give it, never because it failed: what is demanded and cannot
be put in force raises, and the worker dies before it has run a line of the student's.
"""

from __future__ import annotations

import contextlib
import os
import signal
import site
import sys
import sysconfig
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from grader.errors import SandboxError
from grader.sandbox import forks, landlock, limits, namespaces, seccomp, syscalls

LAYERS: Final = ("namespaces", "rlimits", "setuid", "no_new_privs", "landlock", "seccomp")

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_GET_SECCOMP = 1, 4, 21
_PR_SET_NO_NEW_PRIVS, _PR_GET_NO_NEW_PRIVS = 38, 39
_SECCOMP_FILTERS = 2
_TRIAL_UID = 61000
_SYSTEM_ROOTS: Final = (
    "/usr/lib", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/usr/share/fonts",
    "/usr/share/zoneinfo", "/sys/devices/system/cpu", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
)  # fmt: skip


@dataclass(frozen=True)
class Policy:
    """What one worker may do; `memory` is counted above `vm_size`, the nursery's address space."""

    scratch: str
    read_roots: tuple[str, ...]
    uid: int | None
    memory: int
    vm_size: int
    cpu_seconds: int
    file_bytes: int
    open_files: int = 256
    threads: int = 64
    layers: frozenset[str] = frozenset(LAYERS)


def lock(policy: Policy, *, parent: int | None = None) -> None:
    """Put every layer of the policy in force for this process, for good; `parent` is the nursery's pid.

    Called in the forked child before any code of a student's, on its only thread. The order matters: what
    needs root or the whole file system comes first, and seccomp, which refuses all of this, last.
    """
    parent = os.getppid() if parent is None else parent
    unknown = policy.layers.difference(LAYERS)
    if unknown:
        raise SandboxError(f"There is no layer called {', '.join(sorted(unknown))}.")
    os.umask(0o077)
    try:
        if "namespaces" in policy.layers:
            _check_namespaces()
        ruleset = landlock.build(policy.read_roots, policy.scratch) if "landlock" in policy.layers else None
        if "rlimits" in policy.layers:
            _limit_resources(policy)
        if "setuid" in policy.layers:
            _change_user(policy.uid)
        if "no_new_privs" in policy.layers:
            _forbid_privileges()
        _die_with(parent)
        if ruleset is not None:
            _close_files(ruleset)
        if "seccomp" in policy.layers:
            _filter_calls()
    except (OSError, ValueError) as failure:
        raise SandboxError(f"A worker could not be locked down: {failure}.") from failure


def _check_namespaces() -> None:
    """Make sure of the nursery's own root, which stops naming hidden files and reaching any network."""
    if not namespaces.entered():
        raise SandboxError("The nursery has no file system of its own.")


def _limit_resources(policy: Policy) -> None:
    """Stop memory bombs, endless loops, huge files and core dumps; with a uid of its own, thread bombs."""
    limits.apply(
        limits.table(
            address_space=policy.vm_size + policy.memory,
            cpu_seconds=policy.cpu_seconds,
            file_bytes=policy.file_bytes,
            open_files=policy.open_files,
            threads=policy.threads if "setuid" in policy.layers else None,
        )
    )


def _change_user(uid: int | None) -> None:
    """Stop all that file modes stop, and signals and ptrace, by being a user who owns the scratch only."""
    if uid is None or uid <= 0:
        raise SandboxError(f"A worker cannot be given the user id {uid}.")
    limits.empty_bounding_set()
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    for name in ("setuid", "setgid"):
        try:
            syscalls.call(name, 0)
        except PermissionError:
            continue
        raise SandboxError("A worker could take its change of user back.")
    if os.getresuid() != (uid,) * 3 or os.getresgid() != (uid,) * 3 or set(os.getgroups()) - {uid}:
        raise SandboxError("A worker has kept a part of the user it was forked from.")
    if limits.held_capabilities():
        raise SandboxError("A worker has kept capabilities of root.")


def _forbid_privileges() -> None:
    """Stop set-uid programs, and mounts, raw sockets and their like where the worker is still root."""
    syscalls.call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    limits.keep_capabilities(())
    if syscalls.call("prctl", _PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1 or limits.held_capabilities():
        raise SandboxError("A worker could not be kept from gaining privileges.")


def _die_with(parent: int) -> None:
    """End with the nursery, and let no process of the same user look inside: stops survivors and core dumps.

    A change of user would undo both, so this comes after it.
    """
    syscalls.call("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    syscalls.call("prctl", _PR_SET_DUMPABLE, 0, 0, 0, 0)
    if os.getppid() != parent:
        raise SandboxError("The nursery ended while it forked a worker.")


def _close_files(ruleset: int) -> None:
    """Stop reading outside the read roots, writing outside scratch, TCP, and signals to other processes."""
    landlock.restrict(ruleset)
    with contextlib.suppress(PermissionError):
        os.close(os.open("/", os.O_RDONLY))
        raise SandboxError("The Landlock rules of a worker are not in force.")


def _filter_calls() -> None:
    """Stop processes, sockets, debuggers, and the corners of the kernel that no submission needs."""
    seccomp.install()
    if syscalls.call("prctl", _PR_GET_SECCOMP, 0, 0, 0, 0) != _SECCOMP_FILTERS:
        raise SandboxError("The seccomp filter of a worker is not in force.")


def available(*, mask: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the layers that this machine gives to this process, each tried in a throw-away child.

    `mask` leaves some out, as if the machine did not give them.
    """
    given = {"namespaces"} if "namespaces" not in mask and namespaces.possible(sys.prefix) else set()
    reader, writer = os.pipe()
    with forks.uninterrupted():
        child = forks.fork(lambda: _try_layers(writer, mask))
    os.close(writer)
    with os.fdopen(reader, encoding="ascii") as report:
        given.update(report.read().split())
    os.waitpid(child, 0)
    return tuple(layer for layer in LAYERS if layer in given)


def _try_layers(report: int, mask: frozenset[str]) -> NoReturn:
    """Put one layer after the other in force, in a child that ends here, and report each that held."""
    generous = limits.table(address_space=1 << 46, cpu_seconds=60, file_bytes=1 << 20, open_files=64, threads=64)
    trials: dict[str, Callable[[], None]] = {
        "rlimits": lambda: limits.apply(generous),
        "setuid": lambda: _change_user(_TRIAL_UID),
        "no_new_privs": _forbid_privileges,
        "landlock": lambda: landlock.restrict(landlock.build((), "/")),
        "seccomp": _filter_calls,
    }
    for layer, trial in trials.items():
        if layer in mask:
            continue
        with contextlib.suppress(OSError, ValueError, SandboxError):
            trial()
            os.write(report, f"{layer} ".encode())
    os._exit(0)


def read_roots() -> tuple[str, ...]:
    """Return what a worker must be able to read: Python, its packages, shared libraries, fonts, time zones.

    Where a path leads through a symbolic link, both it and what it leads to are kept.
    """
    packages = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    if site.ENABLE_USER_SITE:
        packages.append(site.getusersitepackages())
    wanted = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *packages)
    wanted += (*site.getsitepackages(), *_SYSTEM_ROOTS)
    present = {str(Path(path).absolute()) for path in wanted if Path(path).exists()}
    both = present | {str(Path(path).resolve()) for path in present}
    return tuple(sorted(one for one in both if not any(_contains(other, one) for other in both - {one})))


def assert_hidden(paths: Iterable[str | Path], roots: Iterable[str]) -> None:
    """Refuse to go on where a worker could read what must stay hidden from it."""
    resolved = {Path(root).resolve() for root in roots}
    for path in paths:
        for root in resolved:
            if Path(path).resolve().is_relative_to(root):
                raise SandboxError(f"{path} must stay hidden, but submitted code may read {root}.")


def _contains(root: str, path: str) -> bool:
    return Path(path).is_relative_to(root)
