"""A file system of the nursery's own, in which the secrets do not exist, and a network with no device in it.

The nursery moves, once and before it forks any worker, into a new root: the read roots, read-only and at
their own paths, four devices, the scratch directories, and nothing else: no processes, no /tmp, no home.
Hidden files cannot be named there, not even by `stat`. The directories above a root are made anew with mode
0755, so that a worker with a uid of its own reaches a Python that is installed below a private home.

Root with CAP_SYS_ADMIN may do this, and an ordinary user where the machine lets users make user namespaces; a
container of Docker's default profile may not, and nothing is changed then.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final, NoReturn

from grader.errors import SandboxError
from grader.sandbox import forks, limits, syscalls
from grader.sandbox.landlock import DEVICES

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWNET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x40000000
_RDONLY, _NOSUID, _NODEV, _NOEXEC, _REMOUNT = 1, 2, 4, 8, 32
_BIND, _REC, _PRIVATE = 1 << 12, 1 << 14, 1 << 18
_KEPT_OPTIONS: Final = {
    "ro": _RDONLY, "nosuid": _NOSUID, "nodev": _NODEV, "noexec": _NOEXEC,
    "noatime": 1 << 10, "nodiratime": 1 << 11, "relatime": 1 << 21,
}  # fmt: skip
_DETACH = 2

_OLD_ROOT = "/.old"
_MOST_LINKS = 40


def enter(read_roots: Collection[str], scratch_base: str) -> tuple[str, ...]:
    """Move this process and its future children into a root of their own; run once, on a single thread.

    Returns the layer's name, or nothing where the machine refuses and all is as before. A move that fails
    half-way raises SandboxError: the process must end.
    """
    if not possible(scratch_base):
        return ()
    links, binds = plan((*read_roots, *DEVICES, scratch_base))
    writable = os.path.realpath(scratch_base)
    if writable not in binds or any(_below(os.path.realpath(root), writable) for root in read_roots):
        raise SandboxError("The scratch directories and what a worker may read must lie apart.")
    try:
        _begin(scratch_base)
        _furnish(links, binds)
        _seal(writable)
        limits.keep_capabilities(limits.FOR_FORKING_WORKERS if os.geteuid() == 0 else ())
    except OSError as failure:
        raise SandboxError(f"The nursery could not make a file system of its own: {failure}.") from failure
    return ("namespaces",)


def entered() -> bool:
    """Say whether this process lives in a root of its own, by what can be seen of it."""
    return bool(os.statvfs("/").f_flag & os.ST_RDONLY) and not Path("/proc/self").exists()


def possible(mount_point: str) -> bool:
    """Try it in a throw-away child: what was done here could not be undone; some machines allow just half.

    Ubuntu 24.04 gives a user namespace to everyone, and then nothing that needs a capability in it.
    """
    with forks.uninterrupted():
        child = forks.fork(lambda: _try_to_begin(mount_point))
    return os.waitpid(child, 0)[1] == 0


def _try_to_begin(mount_point: str) -> NoReturn:
    _begin(mount_point)
    os._exit(0)


def _begin(mount_point: str) -> None:
    """Do all that a machine may refuse: take the namespaces, and change to an empty root.

    The old root stays reachable below `_OLD_ROOT`. What was mounted over `mount_point` moves, so that the
    directory itself, whatever it is, can be seen there again.
    """
    _unshare()
    _mount(None, "/", None, _REC | _PRIVATE)
    _mount("tmpfs", mount_point, "tmpfs", _NOSUID | _NODEV, "mode=0755")
    old = mount_point.rstrip("/") + _OLD_ROOT
    os.mkdir(old, 0o700)  # noqa: PTH102 - paths stay plain strings where the root changes under them
    syscalls.call("pivot_root", os.fsencode(mount_point), os.fsencode(old))
    os.chdir("/")
    _mounts()


def _unshare() -> None:
    uid, gid = os.geteuid(), os.getegid()
    flags = _NEWNS | _NEWNET | _NEWIPC | _NEWUTS
    if uid == 0:
        syscalls.call("unshare", flags)
        return
    syscalls.call("unshare", flags | _NEWUSER)
    # Without "deny" an ordinary user may not map a group: to drop one could open files that are closed to it.
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        Path(f"/proc/self/{name}").write_text(text, encoding="ascii")


def plan(paths: Iterable[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Resolve paths into the symbolic links met on the way, with their targets, and what is to be bound.

    A path that does not exist is left out, and so is what lies below another one.
    """
    links: dict[str, str] = {}
    found: set[str] = set()
    for path in paths:
        if os.path.exists(path):  # noqa: PTH110 - as above
            found.add(_resolve(path, links))
    binds = tuple(sorted(path for path in found if not any(_below(path, other) for other in found)))
    outside = {link: target for link, target in links.items() if not any(_below(link, one) for one in binds)}
    return outside, binds


def _resolve(path: str, links: dict[str, str]) -> str:
    """Walk to the real path, and note each symbolic link."""
    current, rest, budget = "/", path.split("/"), _MOST_LINKS
    while rest:
        part = rest.pop(0)
        if part in ("", "."):
            continue
        if part == "..":
            current = os.path.dirname(current)  # noqa: PTH120 - as above
            continue
        step = current.rstrip("/") + "/" + part
        if not os.path.islink(step):  # noqa: PTH114 - as above
            current = step
            continue
        budget -= 1
        if budget < 0:
            raise SandboxError(f"There are too many symbolic links in {path}.")
        links[step] = target = os.readlink(step)  # noqa: PTH115 - as above
        current = "/" if target.startswith("/") else current
        rest = target.split("/") + rest
    return current


def _below(path: str, other: str) -> bool:
    return path.startswith(other.rstrip("/") + "/") and path != other


def _furnish(links: dict[str, str], binds: tuple[str, ...]) -> None:
    """Fill the new root: each bind at its own path, each link as it was."""
    os.umask(0o022)
    for path in binds:
        source = _OLD_ROOT + path
        if os.path.isdir(source):  # noqa: PTH112 - as above
            os.makedirs(path, 0o755, exist_ok=True)  # noqa: PTH103 - as above
        else:
            os.makedirs(os.path.dirname(path), 0o755, exist_ok=True)  # noqa: PTH103, PTH120 - as above
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o644))
        _mount(source, path, None, _BIND | _REC)
    for link, target in links.items():
        os.makedirs(os.path.dirname(link), 0o755, exist_ok=True)  # noqa: PTH103, PTH120 - as above
        os.symlink(target, link)  # noqa: PTH211 - as above


def _seal(writable: str) -> None:
    """Make every mount read-only but one, let go of the old root, and close the new one to changes."""
    for path, options in _mounts().items():
        if path == "/" or path == _OLD_ROOT or _below(path, _OLD_ROOT):
            continue
        forbid = _NOSUID | (_NOEXEC if path in DEVICES else _NODEV)
        if path != writable:
            forbid |= _RDONLY
        _mount(None, path, None, _REMOUNT | _BIND | options | forbid)
    syscalls.call("umount2", os.fsencode(_OLD_ROOT), _DETACH)
    os.rmdir(_OLD_ROOT)  # noqa: PTH106 - as above
    _mount(None, "/", None, _REMOUNT | _BIND | _RDONLY | _NOSUID | _NODEV)


def _mounts() -> dict[str, int]:
    """Return every mount and its options, which a user namespace may add to but not take from."""
    mounts: dict[str, int] = {}
    text = Path(f"{_OLD_ROOT}/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    for line in text.splitlines():
        fields = line.split(" ")
        path = unescaped(fields[4])
        options = fields[5].split(",")
        mounts[path] = sum(flag for name, flag in _KEPT_OPTIONS.items() if name in options)
    return mounts


def unescaped(field: str) -> str:
    """Read a path as the kernel writes it in its tables: spaces and their like are octal numbers there."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), field)


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    words = [0 if word is None else os.fsencode(word) for word in (source, target, kind, data)]
    syscalls.call("mount", *words[:3], flags, words[3])
