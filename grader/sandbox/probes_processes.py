"""Attacks on processes: the grader's memory, signals and limits, ways to make or become another, what was inherited."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import resource
import socket
import struct
from pathlib import Path
from typing import Final

from grader.sandbox import syscalls
from grader.sandbox.attempts import Probe, Targets, answers_with, close, kernel_looks


def _read_memory(targets: Targets) -> bool:
    # Our objects lie at the same addresses in the process that we were forked from.
    here = ctypes.create_string_buffer(8)
    local, remote = (struct.pack("=QQ", address, 8) for address in (ctypes.addressof(here), id(None)))
    return syscalls.call("process_vm_readv", targets.process, local, 1, remote, 1, 0) > 0


def _write_memory(targets: Targets) -> bool:
    # To an address that nobody has: EFAULT is said to those alone who may write where there is memory.
    here = ctypes.create_string_buffer(8)
    local, remote = (struct.pack("=QQ", address, 8) for address in (ctypes.addressof(here), 8))
    return answers_with(errno.EFAULT, "process_vm_writev", targets.process, local, 1, remote, 1, 0)


def _compare(targets: Targets) -> bool:
    memory = 1
    return syscalls.call("kcmp", targets.process, os.getpid(), memory, 0, 0) >= 0


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


def _signal_with_a_value(targets: Targets) -> bool:
    of_a_queue = -1
    told = struct.pack("=iiiiii", 0, 0, of_a_queue, 0, os.getpid(), os.getuid())
    return syscalls.call("rt_sigqueueinfo", targets.process, 0, told.ljust(128, b"\0")) == 0


def _pin_process(targets: Targets) -> bool:
    # A processor that no machine has: a filter that fakes the call says yes, a kernel that looks says no.
    try:
        os.sched_setaffinity(targets.process, {1023})
    except OSError as failure:
        return failure.errno == errno.EINVAL
    return False


def _schedule_process(targets: Targets) -> bool:
    policy, parameter = os.sched_getscheduler(targets.process), os.sched_getparam(targets.process)
    os.sched_setscheduler(targets.process, policy, parameter)  # as it was
    return True


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


def _have_core_dumps(_: Targets) -> bool:
    return resource.getrlimit(resource.RLIMIT_CORE)[1] != 0


def _lock_memory(_: Targets) -> bool:
    page = ctypes.create_string_buffer(8)
    address = ctypes.addressof(page)
    return syscalls.call("mlock", address, 8) == syscalls.call("munlock", address, 8) == 0


def _be_looked_into(_: Targets) -> bool:
    get_dumpable, set_dumpable = 3, 4
    syscalls.call("prctl", set_dumpable, 1, 0, 0, 0)
    return syscalls.call("prctl", get_dumpable, 0, 0, 0, 0) == 1


def _outlive_the_nursery(_: Targets) -> bool:
    set_signal_at_its_end = 1
    return syscalls.call("prctl", set_signal_at_its_end, 0, 0, 0, 0) == 0


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
    "read_memory": _read_memory,
    "write_memory": _write_memory,
    "compare": _compare,
    "trace": _trace,
    "robust_list": lambda t: answers_with(errno.EFAULT, "get_robust_list", t.process, 0, 0),
    "signal": lambda targets: syscalls.call("kill", targets.process, 0) == 0,
    "signal_all": lambda _: syscalls.call("kill", -1, 0) == 0,
    "signal_thread": lambda targets: syscalls.call("tkill", targets.process, 0) == 0,
    "signal_thread_of_group": lambda t: syscalls.call("tgkill", t.process, t.process, 0) == 0,
    "signal_with_a_value": _signal_with_a_value,
    "signal_by_descriptor": _signal_by_descriptor,
    "signal_by_socket": _signal_by_socket,
    "signal_by_pidfd": kernel_looks("pidfd_send_signal", -1, 0, 0, 0),
    "signal_by_timer": kernel_looks("timer_create", -1, 0, 0),
    "limit_process": lambda targets: bool(resource.prlimit(targets.process, resource.RLIMIT_CORE)),
    "pin_process": _pin_process,
    "slow_process": lambda t: answers_with(errno.EINVAL, "setpriority", 99, t.process, 0),
    "schedule_process": _schedule_process,
    "slow_disk_of_process": lambda t: answers_with(errno.EINVAL, "ioprio_set", 99, t.process, 0),
    "hold_process": lambda targets: close(syscalls.call("pidfd_open", targets.process, 0)),
    "take_descriptor": kernel_looks("pidfd_getfd", -1, 0, 0),
    "advise_process": kernel_looks("process_madvise", -1, 0, 0, 0, 0),
    "fork": _fork,
    "clone3": kernel_looks("clone3", 0, 0),
    "execute": kernel_looks("execve", b"", 0, 0),
    "no_limits": _have_no_limits,
    "raise_limits": _raise_limits,
    "core_dumps": _have_core_dumps,
    "lock_memory": _lock_memory,
    "descriptors": lambda _: any(map(_is_open, range(*_NOT_OURS))),
    "environment": _inherit_environment,
}

CHANGING: Final[dict[str, Probe]] = {
    "be_looked_into": _be_looked_into,
    "outlive_the_nursery": _outlive_the_nursery,
    "become_root": lambda _: syscalls.call("setuid", 0) == 0,
    "new_session": lambda _: syscalls.call("setsid") > 0,
    "new_user_namespace": kernel_looks("unshare", 0x10000000),
}
"""These change the process itself where they succeed, so they come after all others."""
