"""Attacks on files: the hidden ones, those of others, the machine's, and what would be left for the next one."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from grader.sandbox import syscalls
from grader.sandbox.attempts import Probe, Targets, answers_with, close, create, kernel_looks, make_and_remove

_NULL_DEVICE = os.makedev(1, 3)


def _chmod_secret(targets: Targets) -> bool:
    path = Path(targets.secret)
    other = path.stat().st_mode ^ 0o004
    path.chmod(other)
    return path.stat().st_mode == other


def _chown_secret(targets: Targets) -> bool:
    before = Path(targets.secret).stat().st_gid
    os.chown(targets.secret, -1, before + 1)
    changed = Path(targets.secret).stat().st_gid != before
    os.chown(targets.secret, -1, before)
    return changed


def _age_secret(targets: Targets) -> bool:
    os.utime(targets.secret, (1, 1))
    return Path(targets.secret).stat().st_mtime == 1


def _mark_secret(targets: Targets) -> bool:
    # A value larger than any may be: E2BIG where the kernel looks, on a file system without attributes too.
    secret = os.fsencode(targets.secret)
    return answers_with(errno.E2BIG, "setxattr", secret, b"user.probe", b"x", 1 << 20, 0)


def _lock_shared_file(_: Targets) -> bool:
    # Two locks on one file conflict where locking is real: then two submissions could talk by them.
    first, second = os.open(os.__file__, os.O_RDONLY), os.open(os.__file__, os.O_RDONLY)
    try:
        fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        close(first, second)
    return False


def _lease(targets: Targets) -> bool:
    # Who opens a leased file waits for its owner: the grader too.
    def lease(path: Path) -> None:
        create(path)
        with path.open("rb") as file:
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)

    return make_and_remove(lease, targets.scratch)


def _be_notified(targets: Targets) -> bool:
    before = signal.signal(signal.SIGIO, signal.SIG_IGN)
    directory = os.open(targets.scratch, os.O_RDONLY)
    try:
        fcntl.fcntl(directory, fcntl.F_NOTIFY, fcntl.DN_CREATE)
        fcntl.fcntl(directory, fcntl.F_NOTIFY, 0)
    finally:
        os.close(directory)
        signal.signal(signal.SIGIO, before)
    return True


def _device(path: Path) -> None:
    os.mknod(path, stat.S_IFCHR | 0o600, _NULL_DEVICE)


def _reading(path: str) -> Probe:
    return lambda _: bool(Path(path).read_bytes())


def _creating_in(directory: str) -> Probe:
    return lambda _: make_and_remove(create, directory)


def _opening(path: str, flags: int) -> Probe:
    return lambda _: close(os.open(path, flags | os.O_NOCTTY))


def _of_process(name: str, look: Callable[[Path], object]) -> Probe:
    return lambda targets: bool(look(Path(f"/proc/{targets.process}/{name}")))


PROBES: Final[dict[str, Probe]] = {
    "read_secret": lambda targets: bool(Path(targets.secret).read_bytes()),
    "stat_secret": lambda targets: Path(targets.secret).stat().st_nlink > 0,
    "list_secret": lambda targets: bool(list(Path(targets.secret).parent.iterdir())),
    "write_secret": lambda targets: close(os.open(targets.secret, os.O_WRONLY)),
    "chmod_secret": _chmod_secret,
    "chown_secret": _chown_secret,
    "age_secret": _age_secret,
    "mark_secret": _mark_secret,
    "rename_secret": lambda t: bool(Path(t.secret).rename(t.secret + ".moved").rename(t.secret)),
    "link_secret": lambda t: make_and_remove(lambda path: path.hardlink_to(t.secret), t.scratch),
    "truncate_secret": lambda targets: syscalls.call("truncate", os.fsencode(targets.secret), 1) == 0,
    "symlink": lambda t: make_and_remove(lambda path: path.symlink_to(t.secret), t.scratch),
    "fifo": lambda targets: make_and_remove(os.mkfifo, targets.scratch),
    "device": lambda targets: make_and_remove(_device, targets.scratch),
    "lease": _lease,
    "be_notified": _be_notified,
    "watch_files": lambda _: close(syscalls.call("inotify_init1", 0)),
    "watch_machine": kernel_looks("fanotify_init", -1, 0),
    "file_handle": kernel_looks("name_to_handle_at", -1, 0, 0, 0, 0),
    "open_by_handle": kernel_looks("open_by_handle_at", 0, 0, 0),
    "lock_shared_file": _lock_shared_file,
    "write_outside": lambda targets: make_and_remove(create, targets.outside),
    "write_home": lambda targets: make_and_remove(create, targets.home),
    "write_shared_memory": _creating_in("/dev/shm"),  # noqa: S108 - to be refused
    "write_temporary": _creating_in("/tmp"),  # noqa: S108 - to be refused
    "write_lasting_temporary": _creating_in("/var/tmp"),  # noqa: S108 - to be refused
    "write_python": lambda _: make_and_remove(create, str(Path(os.__file__).parent)),
    "write_kernel_setting": _opening("/proc/sys/kernel/core_pattern", os.O_WRONLY),
    "read_accounts": _reading("/etc/passwd"),
    "open_terminal": _opening("/dev/ptmx", os.O_RDWR),
    "see_processes": _of_process("cmdline", Path.read_bytes),
    "read_environment": _of_process("environ", Path.read_bytes),
    "see_memory": _of_process("maps", Path.read_bytes),
    "see_files": _of_process("fd", os.listdir),
    "see_root": _of_process("root", os.readlink),
    "open_memory": lambda targets: close(os.open(f"/proc/{targets.process}/mem", os.O_RDONLY)),
    "open_memory_to_write": lambda targets: close(os.open(f"/proc/{targets.process}/mem", os.O_RDWR)),
}
