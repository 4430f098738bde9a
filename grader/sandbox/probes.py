"""Attacks that a real worker tries at start-up, after it was locked down: none may succeed.

Each is harmless where it does succeed: it undoes what it did, spoils what was planted for it, or asks the
kernel for nonsense. No list of what must fail is complete: this one asks whether the layers are in force,
not whether they are right.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import resource
import socket
import struct
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.sandbox import syscalls


@dataclass(frozen=True)
class Targets:
    """What was planted for the probes to reach."""

    secret: str
    """A file alone in a directory of mode 0700, where hidden files lie; it may be spoilt."""
    outside: str
    """A directory that is not the worker's, such as where results go."""
    variable: str
    """An environment variable that was set in the grader."""
    process: int
    """The grader, or the nursery."""
    scratch: str
    """Where the worker may write."""


def targets_from(planted: tuple[str, ...]) -> Targets:
    """Read targets that came as text: secret, outside, variable and process; scratch is where we are."""
    secret, outside, variable, process = planted
    return Targets(secret, outside, variable, int(process), str(Path.cwd()))


Probe = Callable[[Targets], bool]


def run(targets: Targets) -> list[str]:
    """Try every probe and return the names of those that succeeded."""
    return [name for name, probe in PROBES.items() if _succeeds(probe, targets)]


def unavoidable(layers: Collection[str]) -> frozenset[str]:
    """Return the probes that are known to succeed where only these layers are in force."""
    names: set[str] = set()
    if not {"namespaces", "setuid"} & set(layers):
        names.add("stat_secret")  # Landlock does not cover it; the path must be guessed
    if not {"namespaces", "landlock"} & set(layers):
        names |= {"write_shared_memory", "write_temporary", "see_processes"}  # open to every user
    return frozenset(names)


def _succeeds(probe: Probe, targets: Targets) -> bool:
    try:
        return probe(targets)
    except OSError:
        return False


def _kernel_looks(name: str, *arguments: syscalls.Argument) -> Probe:
    """Make a call that means nothing, and see whether it is refused or looked at (EFAULT, EINVAL, ...)."""

    def probe(_: Targets) -> bool:
        try:
            syscalls.call(name, *arguments)
        except OSError as failure:
            return failure.errno not in (errno.EPERM, errno.EACCES, errno.ENOSYS)
        return True

    return probe


def _make_and_remove(make: Callable[[Path], object], directory: str) -> bool:
    path = Path(directory) / f"probe-{os.getpid()}"
    make(path)
    path.unlink()
    return True


def _create(path: Path) -> None:
    path.open("xb").close()  # not `touch`, which believes a faked `utime` and creates nothing


def _close(*descriptors: int) -> bool:
    for descriptor in descriptors:
        os.close(descriptor)
    return True


def _chmod_secret(targets: Targets) -> bool:
    path = Path(targets.secret)
    other = path.stat().st_mode ^ 0o004
    path.chmod(other)
    return path.stat().st_mode == other


def _lock_shared_file(_: Targets) -> bool:
    # Two locks on one file conflict where locking is real: then two submissions could talk by them.
    first, second = os.open(os.__file__, os.O_RDONLY), os.open(os.__file__, os.O_RDONLY)
    try:
        fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        _close(first, second)
    return False


def _read_memory(targets: Targets) -> bool:
    # Our objects lie at the same addresses in the process that we were forked from.
    here = ctypes.create_string_buffer(8)
    local, remote = (struct.pack("=QQ", address, 8) for address in (ctypes.addressof(here), id(None)))
    return syscalls.call("process_vm_readv", targets.process, local, 1, remote, 1, 0) > 0


def _trace(targets: Targets) -> bool:
    seize, interrupt, detach, wait_all = 0x4206, 0x4207, 17, 0x40000000
    syscalls.call("ptrace", seize, targets.process, 0, 0)
    syscalls.call("ptrace", interrupt, targets.process, 0, 0)
    os.waitpid(targets.process, wait_all)
    syscalls.call("ptrace", detach, targets.process, 0, 0)
    return True


def _signal_by_descriptor(targets: Targets) -> bool:
    with Path(os.devnull).open("rb") as device:
        fcntl.fcntl(device, fcntl.F_SETOWN, targets.process)
    return True


def _signal_by_socket(targets: Targets) -> bool:
    set_owner = 0x8901  # FIOSETOWN, which does what F_SETOWN does
    ours, theirs = socket.socketpair()
    with ours, theirs:
        fcntl.ioctl(ours, set_owner, struct.pack("=i", targets.process))
    return True


def _pin_process(targets: Targets) -> bool:
    # A processor that no machine has: a filter that fakes the call says yes, a kernel that looks says no.
    try:
        os.sched_setaffinity(targets.process, {1023})
    except OSError as failure:
        return failure.errno == errno.EINVAL
    return False


def _fork(_: Targets) -> bool:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def _have_no_limits(_: Targets) -> bool:
    limited = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)
    return any(resource.getrlimit(which)[1] == resource.RLIM_INFINITY for which in limited)


def _raise_limits(_: Targets) -> bool:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard + 1))
    except ValueError:  # Python's word for EPERM here
        return False
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return True


def _open_socket(family: int, kind: int) -> Probe:
    def probe(_: Targets) -> bool:
        socket.socket(family, kind).close()
        return True

    return probe


def _datagram_pair(_: Targets) -> bool:
    for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM):
        end.close()
    return True


_NOT_OURS = (5, 256)  # below are nothing, two for what is printed, two for the wire


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _inherit_environment(targets: Targets) -> bool:
    """Look in Python's copy, in the C library's, and on the stack where the kernel put the first one."""
    if targets.variable in os.environ:
        return True
    library = ctypes.CDLL(None)
    library.getenv.restype = ctypes.c_char_p
    if library.getenv(targets.variable.encode()) is not None:
        return True
    try:
        stack = ctypes.c_void_p.in_dll(library, "__libc_stack_end").value or 0
    except ValueError:  # glibc's alone
        return False
    word = ctypes.sizeof(ctypes.c_void_p)
    place = stack + word * (2 + ctypes.c_long.from_address(stack).value)  # past argc, argv and its end
    while address := ctypes.c_void_p.from_address(place).value:
        if ctypes.string_at(address).startswith(targets.variable.encode() + b"="):
            return True
        place += word
    return False


PROBES: Final[dict[str, Probe]] = {
    "read_secret": lambda targets: bool(Path(targets.secret).read_bytes()),
    "stat_secret": lambda targets: Path(targets.secret).stat().st_nlink > 0,
    "list_secret": lambda targets: bool(list(Path(targets.secret).parent.iterdir())),
    "write_secret": lambda targets: _close(os.open(targets.secret, os.O_WRONLY)),
    "chmod_secret": _chmod_secret,
    "rename_secret": lambda t: bool(Path(t.secret).rename(t.secret + ".moved").rename(t.secret)),
    "link_secret": lambda t: _make_and_remove(lambda path: path.hardlink_to(t.secret), t.scratch),
    "truncate_secret": lambda targets: syscalls.call("truncate", os.fsencode(targets.secret), 1) == 0,
    "symlink": lambda t: _make_and_remove(lambda path: path.symlink_to(t.secret), t.scratch),
    "fifo": lambda targets: _make_and_remove(os.mkfifo, targets.scratch),
    "write_outside": lambda targets: _make_and_remove(_create, targets.outside),
    "write_shared_memory": lambda _: _make_and_remove(_create, "/dev/shm"),  # noqa: S108 - to be refused
    "write_temporary": lambda _: _make_and_remove(_create, "/tmp"),  # noqa: S108 - to be refused
    "write_python": lambda _: _make_and_remove(_create, str(Path(os.__file__).parent)),
    "lock_shared_file": _lock_shared_file,
    "see_processes": lambda targets: bool(Path(f"/proc/{targets.process}/cmdline").read_bytes()),
    "read_environment": lambda targets: bool(Path(f"/proc/{targets.process}/environ").read_bytes()),
    "open_memory": lambda targets: _close(os.open(f"/proc/{targets.process}/mem", os.O_RDONLY)),
    "read_memory": _read_memory,
    "trace": _trace,
    "signal": lambda targets: syscalls.call("kill", targets.process, 0) == 0,
    "signal_by_descriptor": _signal_by_descriptor,
    "signal_by_socket": _signal_by_socket,
    "limit_process": lambda targets: bool(resource.prlimit(targets.process, resource.RLIMIT_CORE)),
    "pin_process": _pin_process,
    "hold_process": lambda targets: _close(syscalls.call("pidfd_open", targets.process, 0)),
    "fork": _fork,
    "clone3": _kernel_looks("clone3", 0, 0),
    "execute": _kernel_looks("execve", b"", 0, 0),
    "mount": _kernel_looks("mount", 0, b"/", b"no-such-type", 0, 0),
    "open_by_handle": _kernel_looks("open_by_handle_at", 0, 0, 0),
    "memory_file": lambda _: _close(os.memfd_create("probe")),
    "watch_files": lambda _: _close(syscalls.call("inotify_init1", 0)),
    "io_uring": _kernel_looks("io_uring_setup", 1, 0),
    "bpf": _kernel_looks("bpf", -1, 0, 0),
    "performance": _kernel_looks("perf_event_open", 0, 0, -1, -1, 0),
    "keys": _kernel_looks("keyctl", -1, 0, 0, 0, 0),
    "page_faults": _kernel_looks("userfaultfd", -1),
    "another_filter": _kernel_looks("seccomp", -1, 0, 0),
    "internet": _open_socket(socket.AF_INET, socket.SOCK_DGRAM),
    "unix_socket": _open_socket(socket.AF_UNIX, socket.SOCK_STREAM),
    "netlink": _open_socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "datagram_pair": _datagram_pair,
    "no_limits": _have_no_limits,
    "raise_limits": _raise_limits,
    "descriptors": lambda _: any(map(_is_open, range(*_NOT_OURS))),
    "environment": _inherit_environment,
    # these change the process itself where they succeed, so they come last
    "become_root": lambda _: syscalls.call("setuid", 0) == 0,
    "new_session": lambda _: syscalls.call("setsid") > 0,
    "new_user_namespace": _kernel_looks("unshare", 0x10000000),
}
