"""Run Python in a setting that this machine is not: as root or as an ordinary user, where calls are denied for real.

    [*command("user", denied=("landlock",)), "-m", "grader", "doctor"]

"private" is root with a Python that other users cannot read, as below the home of root.

What is denied is refused by a seccomp filter on everything that runs in the setting, as by a container engine or by
an older kernel; nothing of ours is changed or told. So that other users can read a Python and a checkout below a
private home, the folders above them are made anew, with mode 0755, in a mount namespace of the launcher's own.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

SETTINGS: Final = ("root", "user", "private")
USER: Final = 12345
"""The ordinary user: one that no table knows."""

ROOT: Final = Path(__file__).parent.parent

DENIED: Final[dict[str, dict[str, int]]] = {
    "namespaces": dict.fromkeys(("unshare", "mount", "pivot_root", "setns"), errno.EPERM),
    "landlock": dict.fromkeys(("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"), errno.ENOSYS),
    "setuid": dict.fromkeys(("setuid", "setgid", "setresuid", "setresgid", "setreuid", "setgroups"), errno.EPERM),
    "seccomp": {"seccomp": errno.ENOSYS, "prctl 22": errno.EINVAL},
    "no_new_privs": {"prctl 38": errno.EINVAL},
}
"""For each layer the calls that it takes, and what a machine without it answers; a number is the first argument."""


def command(setting: str, denied: Collection[str] = ()) -> list[str]:
    """Return the words that start Python in a setting, without the layers that are denied; Python's own follow."""
    assert setting in SETTINGS
    assert set(denied) <= DENIED.keys()
    return [sys.executable, __file__, setting, ",".join(denied)]


def _main(setting: str, denied: str, *arguments: str) -> None:
    _open_private_folders((sys.prefix, sys.base_prefix, str(ROOT)))
    if setting == "private":
        _close(str(Path(os.__file__).parent))
    if setting == "user" and os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(USER, USER, USER)
        os.setresuid(USER, USER, USER)
        os.environ["HOME"] = os.environ.get("TMPDIR", "/nonexistent")
    _deny(denied.split(",") if denied else [])
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 - what this is for


def _open_private_folders(wanted: Collection[str]) -> None:
    """Let every user reach these folders; a private one above them holds nothing else then."""
    from grader.sandbox.namespaces import _BIND, _NEWNS, _PRIVATE, _REC, _mount
    from grader.sandbox.syscalls import call

    paths = {path for one in wanted for path in (one, os.path.realpath(one))}
    private = {str(above) for path in paths for above in Path(path).parents if not above.stat().st_mode & 0o001}
    if os.geteuid() != 0 or not private:
        return
    call("unshare", _NEWNS)
    _mount(None, "/", None, _REC | _PRIVATE)
    for top in [one for one in sorted(private) if not any(_below(one, other) for other in private)]:
        inside = [path for path in sorted(paths) if _below(path, top)]
        held = {path: os.open(path, os.O_PATH) for path in inside}
        _mount("tmpfs", top, "tmpfs", 0, "mode=0755")
        for path, descriptor in held.items():
            if not Path(path).exists():
                Path(path).mkdir(parents=True)
                _mount(f"/proc/self/fd/{descriptor}", path, None, _BIND | _REC)
            os.close(descriptor)


def _close(folder: str) -> None:
    """Let nobody but root look into a folder, here alone: what lies in it is bound into a closed one."""
    from grader.sandbox.namespaces import _BIND, _NEWNS, _PRIVATE, _REC, _mount
    from grader.sandbox.syscalls import call

    call("unshare", _NEWNS)
    _mount(None, "/", None, _REC | _PRIVATE)
    held = os.open(folder, os.O_PATH)
    names = [path.name for path in Path(f"/proc/self/fd/{held}").iterdir()]
    _mount("tmpfs", folder, "tmpfs", 0, "mode=0700")
    for name in names:
        source, target = f"/proc/self/fd/{held}/{name}", Path(folder, name)
        if Path(source).is_dir():
            target.mkdir()
        else:
            target.touch()
        _mount(source, str(target), None, _BIND | _REC)
    os.close(held)


def _below(path: str, top: str) -> bool:
    return Path(path) != Path(top) and Path(path).is_relative_to(top)


def _deny(layers: Collection[str]) -> None:
    """Put a filter in force that answers the calls of these layers as a machine without them does."""
    if not layers:
        return
    from grader.sandbox.seccomp import _Program
    from grader.sandbox.syscalls import call

    code = b"".join(struct.pack("=HBBI", *one) for one in _instructions(layers))
    if os.geteuid() != 0:
        call("prctl", 38, 1, 0, 0, 0)
    call("prctl", 22, 2, _Program(len(code) // 8, code))


def _instructions(layers: Collection[str]) -> Iterator[tuple[int, int, int, int]]:
    from grader.sandbox.seccomp import ALLOW, ERRNO
    from grader.sandbox.syscalls import MACHINE, numbers

    load, equals, answer, number_at, first_argument_at = 0x20, 0x15, 0x06, 0, 16
    for layer in layers:
        for name, value in DENIED[layer].items():
            call, _, argument = name.partition(" ")
            yield load, 0, 0, number_at
            yield equals, 0, 3 if argument else 1, numbers(MACHINE)[call]
            if argument:
                yield load, 0, 0, first_argument_at
                yield equals, 0, 1, int(argument)
            yield answer, 0, 0, ERRNO | value
    yield answer, 0, 0, ALLOW


if __name__ == "__main__":
    sys.path[0] = str(ROOT)  # for `grader`, and nothing beside this file
    _main(*sys.argv[1:])
