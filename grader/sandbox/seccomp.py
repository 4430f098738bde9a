"""The seccomp filter: which system calls a worker may make; threads yes, processes no.

Landlock and a uid of its own guard files. This guards everything else: other processes, sockets, the
kernel's less tested corners, and what Landlock does not cover (chmod, locks, unix sockets). It is an
allow-list: a call that is not named below does not exist (ENOSYS), so one that next year's kernel adds is
shut out too.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import signal
import struct
from typing import Final

from grader.errors import SandboxError
from grader.sandbox import syscalls


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ALLOWED: Final = _names(
    """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek open openat creat close
    close_range dup dup2 dup3 pipe pipe2 poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl
    epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2 timerfd_create timerfd_settime timerfd_gettime stat
    fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents getdents64 getcwd
    chdir fchdir mkdir mkdirat rmdir unlink unlinkat rename renameat ftruncate fallocate fsync
    fdatasync fadvise64 readahead copy_file_range sendfile statfs fstatfs umask mmap mprotect munmap mremap
    madvise brk msync membarrier futex set_robust_list set_tid_address rseq arch_prctl sched_yield getcpu
    restart_syscall exit exit_group wait4 waitid pause getpid gettid getppid getpgrp getpgid getsid getuid
    geteuid getgid getegid getresuid getresgid getgroups capget getrlimit setrlimit getrusage times sysinfo
    uname getpriority sched_getaffinity sched_getscheduler sched_getparam sched_getattr
    sched_get_priority_max sched_get_priority_min gettimeofday time clock_gettime clock_getres
    clock_nanosleep nanosleep alarm getitimer setitimer getrandom rt_sigaction rt_sigprocmask rt_sigpending
    rt_sigtimedwait rt_sigsuspend rt_sigreturn sigaltstack sendto recvfrom getsockopt getsockname getpeername
    shutdown
    """
)

# They succeed and do nothing, so that `shutil.copy` and its kin go on working while the effect is gone. A
# lock would be a channel between two submissions; mode, owner and times could be changed on files that may
# only be read; the affinity and the priority may be those of any process of the same user.
FAKED: Final = _names(
    """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes utimensat futimesat flock
    sched_setaffinity setpriority
    """
)

# ENOTSUP is what `shutil.copy2` takes from a file system without extended attributes; EPERM would make it
# fail.
UNSUPPORTED: Final = _names(
    """
    setxattr lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr removexattr
    lremovexattr fremovexattr
    """
)

# The timers of `timer_create` can send any signal, SIGKILL too; those of `setitimer` cannot.
REFUSED: Final = _names(
    """
    fork vfork execve execveat setsid setpgid socket connect bind listen accept accept4 setsockopt sendmsg
    recvmsg sendmmsg recvmmsg ptrace process_vm_readv process_vm_writev process_madvise process_mrelease
    pidfd_open pidfd_getfd pidfd_send_signal kcmp tkill rt_sigqueueinfo rt_tgsigqueueinfo get_robust_list
    signalfd signalfd4 bpf seccomp perf_event_open userfaultfd io_uring_setup io_uring_enter
    io_uring_register io_setup io_submit io_destroy io_getevents io_cancel keyctl add_key request_key
    unshare setns chroot pivot_root mount umount2 mount_setattr open_tree move_mount fsopen fsconfig fsmount
    fspick swapon swapoff quotactl acct reboot sethostname setdomainname syslog init_module finit_module
    delete_module kexec_load kexec_file_load landlock_create_ruleset landlock_add_rule
    landlock_restrict_self memfd_create memfd_secret mlock mlock2 mlockall munlock munlockall
    remap_file_pages mincore mbind set_mempolicy get_mempolicy migrate_pages move_pages vmsplice splice tee
    sync syncfs sync_file_range link linkat symlink symlinkat mknod mknodat truncate name_to_handle_at
    open_by_handle_at openat2 inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_init
    fanotify_mark shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl
    mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr setuid setgid setreuid setregid
    setresuid setresgid setfsuid setfsgid setgroups capset personality sched_setscheduler sched_setparam
    sched_setattr ioprio_set ioprio_get clock_settime clock_adjtime settimeofday adjtimex iopl ioperm
    modify_ldt vhangup lookup_dcookie timer_create timer_settime timer_gettime timer_getoverrun timer_delete
    """
)

Instruction = tuple[int, int, int, int]
Block = tuple[Instruction, ...]
"""A few instructions that decide: every path through them ends in an answer."""

_LOAD, _EQUALS, _AT_LEAST, _JUMP, _AND, _RETURN = 0x20, 0x15, 0x35, 0x05, 0x54, 0x06
_NUMBER_AT, _ARCH_AT, _ARGUMENTS_AT = 0, 4, 16  # in struct seccomp_data
_AUDIT_ARCH: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000
_OWN_PID = 0x7FFFFFFF  # stands for the pid, which is known only after the fork; no process can have this one


def _answer(value: int) -> Block:
    return ((_RETURN, 0, 0, value),)


ALLOW: Final = 0x7FFF0000
KILL: Final = 0x80000000
ERRNO: Final = 0x00050000
_YES, _FAKE = _answer(ALLOW), _answer(ERRNO)
_NO = _answer(ERRNO | errno.EPERM)
_UNSUPPORTED = _answer(ERRNO | errno.ENOTSUP)
_UNKNOWN = _answer(ERRNO | errno.ENOSYS)
_DEATH = _answer(KILL)


def _match(argument: int, cases: dict[int, Block], mask: int | None = None, otherwise: Block = _NO) -> Block:
    """Decide by the low half of an argument, all that the kernel reads of these; refuse any other value."""
    load = ((_LOAD, 0, 0, _ARGUMENTS_AT + 8 * argument),)
    keep = () if mask is None else ((_AND, 0, 0, mask),)
    tests: Block = ()
    for value, block in cases.items():
        tests += ((_EQUALS, 0, len(block), value), *block)
    return (*load, *keep, *tests, *otherwise)


def _any_of(*values: int) -> dict[int, Block]:
    return dict.fromkeys(values, _YES)


_CLONE_THREAD = 0x00010000
_CLONE_NEW_NAMESPACE = 0x7E020000
_AF_UNIX, _SOCK_STREAM, _SOCK_TYPE_MASK = 1, 1, 0xF

# Left out on purpose is what sets the owner of a descriptor, in `fcntl` (F_SETOWN, F_SETSIG, F_SETOWN_EX)
# as in `ioctl` (FIOSETOWN, SIOCSPGRP): it makes the kernel send a signal to any process of the same user.
# What a datagram socket sends can reach any named one (/dev/log), so only streams come in pairs.
BY_ARGUMENT: Final[dict[str, Block]] = {
    "clone": _match(0, _any_of(_CLONE_THREAD), mask=_CLONE_THREAD | _CLONE_NEW_NAMESPACE),
    # Its flags lie in memory, where no filter can read them; on ENOSYS glibc falls back on clone.
    "clone3": _UNKNOWN,
    # Never SIGKILL: one that we have not sent came from outside then, and nobody is blamed for it.
    "kill": _match(0, {_OWN_PID: _match(1, {signal.SIGKILL: _NO}, otherwise=_YES)}),
    "tgkill": _match(0, {_OWN_PID: _match(2, {signal.SIGKILL: _NO}, otherwise=_YES)}),
    "prlimit64": _match(0, _any_of(0, _OWN_PID)),
    # 0, NOREPLACE, EXCHANGE; WHITEOUT would leave a device behind for the grader to open.
    "renameat2": _match(4, _any_of(0, 1, 2)),
    "socketpair": _match(0, {_AF_UNIX: _match(1, _any_of(_SOCK_STREAM), mask=_SOCK_TYPE_MASK)}),
    "prctl": _match(
        0,
        # GET_PDEATHSIG, GET_DUMPABLE, SET_NAME, GET_NAME, GET_SECCOMP, CAPBSET_READ, GET_TIMERSLACK,
        # SET_NO_NEW_PRIVS, GET_NO_NEW_PRIVS, SVE_GET_VL, SET_VMA (glibc names its arenas)
        _any_of(2, 3, 15, 16, 21, 23, 30, 38, 39, 51, 0x53564D41),
    ),
    # TCGETS and TCGETS2 (isatty), TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
    "ioctl": _match(1, _any_of(0x5401, 0x802C542A, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),
    "fcntl": _match(
        1,
        # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ, F_GET_SEALS
        _any_of(0, 1, 2, 3, 4, 1030, 1032, 1034)
        # F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW
        | dict.fromkeys((6, 7, 37, 38), _FAKE),
    ),
}


def _policy() -> dict[str, Block]:
    """Say for every call named here what becomes of it."""
    groups = ((ALLOWED, _YES), (FAKED, _FAKE), (UNSUPPORTED, _UNSUPPORTED), (REFUSED, _NO))
    return {name: block for names, block in groups for name in names} | BY_ARGUMENT


def _search(ranges: list[tuple[int, Block]]) -> Block:
    """Find the block of a call's number by halving; a conditional jump reaches 255 instructions, no more."""
    if len(ranges) == 1:
        return ranges[0][1]
    middle = len(ranges) // 2
    below, above = _search(ranges[:middle]), _search(ranges[middle:])
    start = ranges[middle][0]
    if len(below) <= 255:
        return ((_AT_LEAST, len(below), 0, start), *below, *above)
    return ((_AT_LEAST, 0, 1, start), (_JUMP, 0, 0, len(below)), *below, *above)


def instructions(machine: str) -> Block:
    """Return the filter for a kind of machine; `_OWN_PID` stands where the worker's pid belongs."""
    if machine not in _AUDIT_ARCH:
        raise SandboxError(f"There is no seccomp filter for {machine}.")
    known = syscalls.numbers(machine)
    blocks = {known[name]: block for name, block in _policy().items() if name in known}
    ranges: list[tuple[int, Block]] = []
    for number in range(max(blocks) + 2):
        block = blocks.get(number, _UNKNOWN)
        if not ranges or ranges[-1][1] != block:
            ranges.append((number, block))
    # 32-bit calls and x32 numbers would mean something else than what the table says.
    x32 = ((_AT_LEAST, 0, 1, _X32_BIT), *_DEATH) if machine == "x86_64" else ()
    architecture = ((_LOAD, 0, 0, _ARCH_AT), (_EQUALS, 1, 0, _AUDIT_ARCH[machine]), *_DEATH)
    return (*architecture, (_LOAD, 0, 0, _NUMBER_AT), *x32, *_search(ranges))


def _packed(instruction: Instruction) -> bytes:
    return struct.pack("=HBBI", *instruction)


@functools.cache
def template() -> bytes:
    """Build the filter of this machine; called before the fork, it costs the worker nothing."""
    return b"".join(map(_packed, instructions(syscalls.MACHINE)))


def program(pid: int) -> bytes:
    """Return the filter of the process `pid`, ready for the kernel."""
    return template().replace(struct.pack("=I", _OWN_PID), struct.pack("=I", pid))


class _Program(ctypes.Structure):
    """The kernel's `struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


_SET_MODE_FILTER = 1
_TSYNC, _SPEC_ALLOW = 1, 4
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2


def install() -> None:
    """Put the filter in force for this process, for good; it needs `no_new_privs`."""
    code = program(os.getpid())
    filter_program = _Program(len(code) // 8, code)
    # Without SPEC_ALLOW older kernels slow down every process under a filter, against Spectre; kernels
    # before 4.17 do not know the flag.
    for flags in (_TSYNC | _SPEC_ALLOW, _TSYNC):
        try:
            unsynchronised = syscalls.call("seccomp", _SET_MODE_FILTER, flags, filter_program)
        except OSError as refusal:
            if refusal.errno == errno.EINVAL:
                continue
            if refusal.errno == errno.ENOSYS:
                break
            raise
        if unsynchronised:
            raise SandboxError("A thread of the worker could not be put under the seccomp filter.")
        return
    syscalls.call("prctl", _PR_SET_SECCOMP, _MODE_FILTER, filter_program)
