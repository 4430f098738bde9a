"""What each layer stops, and what would give it on this machine: for `grade doctor`, and for every refusal."""

from __future__ import annotations

import errno
import os
import platform
import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

from grader.errors import SandboxError
from grader.sandbox import limits, syscalls
from grader.sandbox.lockdown import LAYERS

FLOOR: Final = ("rlimits", "no_new_privs", "seccomp")
"""Without these, and `setuid` or `landlock`, nothing is graded unless the sandbox is turned off by name."""

STOPS: Final = {
    "namespaces": "names of hidden files, the network, the list of processes",
    "rlimits": "too much memory, CPU, files, descriptors or threads",
    "setuid": "files and processes of the grader and of other submissions",
    "no_new_privs": "set-user-id programs, and privileges of any kind",
    "landlock": "reading but Python and its own files, writing outside its scratch",
    "seccomp": "processes, sockets, ptrace, mounts, all calls not on a list",
    "watcher": "memory over the limit, floods of output, a full disk, endless loops",
}

_CAP_SYS_ADMIN, _CAP_SETGID, _CAP_SETUID = 21, 6, 7
_USER_NAMESPACES: Final = (
    ("user.max_user_namespaces", "0", "15000"),
    ("kernel.unprivileged_userns_clone", "0", "1"),
    ("kernel.apparmor_restrict_unprivileged_userns", "1", "0"),
)
"""A setting of the kernel, the value that forbids user namespaces, one that allows them."""


def remedy(layer: str) -> str:
    """Say what to do on this machine to have a layer."""
    return _REMEDIES[layer]()


def missing(given: Collection[str]) -> list[str]:
    """List the layers that are not given, in their order."""
    return [layer for layer in LAYERS if layer not in given]


def refusal(given: Collection[str]) -> str | None:
    """Say why nothing is graded with these layers; None where they are enough."""
    lacking = [layer for layer in FLOOR if layer not in given]
    if lacking:
        are = "is" if len(lacking) == 1 else "are"
        return f"the isolation here is below the floor: {named(lacking)} {are} missing ({_how(lacking)})"
    if not {"setuid", "landlock"} & set(given):
        how = _how(["setuid", "landlock"])
        return f"the isolation here is below the floor: neither setuid nor landlock is in force; one is enough ({how})"
    return None


def strict_refusal(given: Collection[str]) -> str | None:
    """Say why `--sandbox strict` does not take these layers; None where they are all there."""
    lacking = missing(given)
    if not lacking:
        return None
    rest = "" if refusal(given) else "; --sandbox auto takes what there is"
    return f"--sandbox strict: this machine does not give {named(lacking)} ({_how(lacking)}){rest}"


def named(layers: Collection[str]) -> str:
    """List layers in a sentence."""
    *most, last = layers
    return f"{', '.join(most)} and {last}" if most else last


def _how(layers: Collection[str]) -> str:
    return "; ".join(f"to have {layer}, {remedy(layer)}" for layer in layers)


def _namespaces() -> str:
    if os.geteuid() != 0:
        found = [f"{name}={good}" for name, bad, good in _USER_NAMESPACES if _setting(name) == bad]
        if found:
            return f"allow user namespaces (sysctl {' '.join(found)}), or run as root"
        return "allow user namespaces, which a container engine may refuse, or run as root"
    if not limits.held_capabilities() >> _CAP_SYS_ADMIN & 1:
        return "run as root with CAP_SYS_ADMIN: outside a container, or in one that is given it and may mount"
    return "let the seccomp and AppArmor profiles of this container allow unshare, mount and pivot_root"


def _setuid() -> str:
    if os.geteuid() != 0:
        return "run as root"
    if limits.held_capabilities() >> _CAP_SETGID & 3 != 3:
        return "give this container CAP_SETUID and CAP_SETGID"
    return "run where there are at least 65536 user ids and a process may take one"


def _landlock() -> str:
    release = platform.release()
    numbers = [int(number) for number in re.findall(r"\d+", release)[:2]]
    if numbers < [5, 13]:
        return f"use Linux 5.13 or later, this is {release}"
    if _answer("landlock_create_ruleset", 0, 0, 1) == errno.EOPNOTSUPP:
        return "boot with landlock among the modules of the kernel's option lsm="
    return (
        "use a kernel with CONFIG_SECURITY_LANDLOCK and, in a container, an engine of 2022 or later "
        "(Docker 23), whose seccomp profile lets landlock_* through"
    )


def _seccomp() -> str:
    known = ("x86_64", "aarch64")
    if syscalls.MACHINE not in known:
        return f"use a machine of the kind {' or '.join(known)}, this is {syscalls.MACHINE}"
    return "use a kernel with CONFIG_SECCOMP_FILTER and, in a container, an engine that lets seccomp and prctl through"


_REMEDIES: Final[dict[str, Callable[[], str]]] = {
    "namespaces": _namespaces,
    "rlimits": lambda: "use a container engine that lets setrlimit and prlimit64 through",
    "setuid": _setuid,
    "no_new_privs": lambda: "use Linux 3.5 or later and a container engine that lets prctl through",
    "landlock": _landlock,
    "seccomp": _seccomp,
    "watcher": lambda: "mount /proc, so that workers can be seen in it",
}


def _answer(call: str, *arguments: int) -> int:
    try:
        syscalls.call(call, *arguments)
    except OSError as refused:
        return refused.errno or 0
    except SandboxError:  # a machine whose calls we do not know
        return errno.ENOSYS
    return 0


def _setting(name: str) -> str:
    try:
        return Path("/proc/sys", *name.split(".")).read_text(encoding="ascii").strip()
    except OSError:
        return ""
