"""Landlock: which files a worker may read, the one directory it may write, no TCP, no signals outwards.

Every right the kernel knows is handled, which means forbidden unless a rule grants it. No rule grants to
execute: a library that is mapped (`dlopen`) needs no such right. The kernel's ABI number says how much it
can forbid: 1 files, 2 moving between directories, 3 truncating, 4 TCP, 5 ioctl on devices, 6 abstract
sockets and signals. What an old kernel cannot forbid here the seccomp filter refuses (truncate) or the uid
does.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Iterable
from typing import Final

from grader.errors import SandboxError
from grader.sandbox import syscalls

DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
"""The devices a worker may open: they hold nothing."""

_WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_RIGHTS_BY_ABI: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Bits 0 to 12 are of ABI 1; 13 is REFER, 14 TRUNCATE, 15 IOCTL_DEV."""

_READ = _READ_FILE | _READ_DIR
_SCRATCH = (
    _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _REFER | _TRUNCATE
)  # not MAKE_SYM, MAKE_FIFO, MAKE_SOCK, MAKE_CHAR, MAKE_BLOCK: the grader reads what is left here
_OF_FILES = _READ_FILE | _WRITE_FILE | _TRUNCATE
_TCP_BIND_AND_CONNECT = 3
_ABSTRACT_SOCKETS_AND_SIGNALS = 3

_VERSION, _PATH_BENEATH = 1, 1
_NO_AUDIT_LOG = 1  # from ABI 7: refusals would else fill the machine's log


class _Ruleset(ctypes.Structure):
    """The kernel's `struct landlock_ruleset_attr`."""

    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    """The kernel's `struct landlock_path_beneath_attr`."""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """Return the kernel's Landlock version, 0 where there is none."""
    try:
        return syscalls.call("landlock_create_ruleset", 0, 0, _VERSION)
    except (OSError, SandboxError):
        return 0


def rights(version: int) -> int:
    """Return all file rights that this version can forbid."""
    return max(mask for since, mask in _RIGHTS_BY_ABI.items() if since <= version)


def build(read_roots: Iterable[str], scratch: str, *, version: int | None = None) -> int:
    """Return the descriptor of a ruleset: read below the roots, write below `scratch`, use the devices.

    A root that cannot be opened is left out: that takes from the worker, it gives nothing.
    """
    version = abi() if version is None else version
    if version < 1:
        raise SandboxError("This kernel has no Landlock, or does not let us use it.")
    handled = _Ruleset(rights(version), 0, 0)
    if version >= 4:
        handled.net = _TCP_BIND_AND_CONNECT
    if version >= 6:
        handled.scoped = _ABSTRACT_SOCKETS_AND_SIGNALS
    size = 8 if version < 4 else 16 if version < 6 else 24
    ruleset = syscalls.call("landlock_create_ruleset", handled, size, 0)
    for root in read_roots:
        _grant(ruleset, root, _READ)
    for device in DEVICES:
        _grant(ruleset, device, _READ_FILE | _WRITE_FILE)
    if not _grant(ruleset, scratch, _SCRATCH & rights(version)):
        os.close(ruleset)
        raise SandboxError("The scratch directory of a worker cannot be opened.")
    return ruleset


def _grant(ruleset: int, path: str, allowed: int) -> bool:
    """Add a rule for a path and what lies below it; say whether the path could be opened."""
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        if not stat.S_ISDIR(os.fstat(parent).st_mode):
            allowed &= _OF_FILES
        syscalls.call("landlock_add_rule", ruleset, _PATH_BENEATH, _PathBeneath(allowed, parent), 0)
    finally:
        os.close(parent)
    return True


def restrict(ruleset: int, *, version: int | None = None) -> None:
    """Put a ruleset in force for this process, for good, and close it; it needs `no_new_privs`."""
    version = abi() if version is None else version
    syscalls.call("landlock_restrict_self", ruleset, _NO_AUDIT_LOG if version >= 7 else 0)
    os.close(ruleset)
