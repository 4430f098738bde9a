"""The seccomp filter: each call's fate, decided by a small interpreter of ours and by the kernel."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import signal
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.errors import SandboxError
from grader.sandbox import seccomp, syscalls

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
PID = 4711
NO = seccomp.ERRNO | errno.EPERM


def decide(machine: str, name: str | int, *arguments: int, architecture: int | None = None) -> int:
    """Run the filter of a machine on one call, as the kernel would."""
    number = syscalls.numbers(machine)[name] if isinstance(name, str) else name
    words = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("=iIQ6Q", number, architecture or ARCHITECTURES[machine], 0, *words)
    program = seccomp.instructions(machine)
    held, at = 0, 0
    while True:
        code, yes, no, value = program[at]
        value = PID if value == seccomp._OWN_PID else value
        at += 1
        match code:
            case 0x20:
                held = struct.unpack_from("=I", data, value)[0]
            case 0x54:
                held &= value
            case 0x15:
                at += yes if held == value else no
            case 0x35:
                at += yes if held >= value else no
            case 0x05:
                at += value
            case 0x06:
                return value
            case _:
                raise AssertionError(f"instruction {code:#x}")


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_every_named_call_meets_its_fate(machine: str) -> None:
    """A call is allowed, faked, unsupported or refused as its list says, whatever its neighbours are."""
    known = syscalls.numbers(machine)
    fates = {
        **dict.fromkeys(seccomp.ALLOWED, seccomp.ALLOW),
        **dict.fromkeys(seccomp.FAKED, seccomp.ERRNO),
        **dict.fromkeys(seccomp.UNSUPPORTED, seccomp.ERRNO | errno.ENOTSUP),
        **dict.fromkeys(seccomp.REFUSED, NO),
    }

    assert {name: decide(machine, name) for name in fates if name in known} == {
        name: fate for name, fate in fates.items() if name in known
    }


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_every_call_has_one_fate(machine: str) -> None:
    """No call is in two lists, and every number of the table is decided by one of them."""
    groups = [seccomp.ALLOWED, seccomp.FAKED, seccomp.UNSUPPORTED, seccomp.REFUSED, seccomp.BY_ARGUMENT]

    assert sum(len(group) for group in groups) == len(frozenset[str]().union(*groups))
    assert set(syscalls.numbers(machine)) <= frozenset[str]().union(*groups)


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_what_is_not_named_does_not_exist(machine: str) -> None:
    """Numbers between and above the named ones, tomorrow's calls included, get ENOSYS."""
    named = set(syscalls.numbers(machine).values())
    unnamed = [number for number in range(1000) if number not in named]

    assert {decide(machine, number) for number in unnamed} == {seccomp.ERRNO | errno.ENOSYS}


@pytest.mark.parametrize("machine", ARCHITECTURES)
@pytest.mark.parametrize(
    ("name", "arguments", "allowed"),
    [
        ("clone", (0x3D0F00,), True),  # what glibc asks for a thread
        ("clone", (signal.SIGCHLD,), False),
        ("clone", (0x4000 | 0x100 | signal.SIGCHLD,), False),  # vfork
        ("clone", (0x10000 | 0x10000000,), False),  # a thread in a new user namespace
        ("kill", (PID, 15), True),
        ("kill", (PID, 9), False),
        ("kill", (PID, 9 | 1 << 32), False),
        ("kill", (PID + 1, 0), False),
        ("kill", (0, 0), False),
        ("kill", (0xFFFFFFFFFFFFFFFF, 9), False),
        ("tgkill", (PID, 1, 6), True),
        ("tgkill", (PID, 1, 9), False),
        ("tgkill", (PID - 1, 1, 6), False),
        ("timer_create", (0,), False),
        ("prlimit64", (0,), True),
        ("prlimit64", (PID,), True),
        ("prlimit64", (1,), False),
        ("socketpair", (1, 1), True),
        ("socketpair", (1, 1 | 0o2000000 | 0o4000), True),
        ("socketpair", (1, 2), False),
        ("socketpair", (1, 5), False),
        ("socketpair", (2, 1), False),
        ("renameat2", (0, 0, 0, 0, 1), True),
        ("renameat2", (0, 0, 0, 0, 4), False),  # RENAME_WHITEOUT
        ("prctl", (15,), True),
        ("prctl", (1,), False),  # PR_SET_PDEATHSIG
        ("prctl", (4,), False),  # PR_SET_DUMPABLE
        ("prctl", (22,), False),  # PR_SET_SECCOMP
        ("prctl", (0x59616D61,), False),  # PR_SET_PTRACER
        ("ioctl", (0, 0x5401), True),
        ("ioctl", (0, 0x5412), False),  # TIOCSTI
        ("ioctl", (0, 0x541C), False),  # TIOCLINUX
        ("ioctl", (0, 0x8901), False),  # FIOSETOWN
        ("ioctl", (0, 0x8902), False),  # SIOCSPGRP
        ("ioctl", (0, 0x5412 | 1 << 32), False),  # the kernel reads the low half
        ("fcntl", (0, 1030), True),
        ("fcntl", (0, 4), True),
        *(("fcntl", (0, command), False) for command in (8, 10, 15, 1024, 1026, 1031)),
    ],
)
def test_arguments_decide(machine: str, name: str, arguments: tuple[int, ...], allowed: bool) -> None:
    """Threads but no processes, one's own pid and no other, no SIGKILL, no owner of a descriptor's signals."""
    assert decide(machine, name, *arguments) == (seccomp.ALLOW if allowed else NO)


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_locks_are_faked(machine: str) -> None:
    """The locks of `fcntl` seem to be taken: real ones would be a channel between submissions."""
    assert {decide(machine, "fcntl", 0, command) for command in (6, 7, 37, 38)} == {seccomp.ERRNO}


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_other_architectures_kill(machine: str) -> None:
    """A call of another architecture, or with an x32 number, ends the process."""
    i386 = 0x40000003

    assert decide(machine, "read", architecture=i386) == seccomp.KILL
    assert decide("x86_64", 0x40000000) == seccomp.KILL
    assert decide("x86_64", 0x40000000 + 41) == seccomp.KILL


def test_unknown_machine_is_an_error() -> None:
    """A machine whose numbers are not known gets no filter rather than a wrong one."""
    with pytest.raises(SandboxError, match="riscv64"):
        seccomp.instructions("riscv64")
    with pytest.raises(SandboxError, match="riscv64"):
        syscalls.numbers("riscv64")


def test_the_pid_is_put_in() -> None:
    """The filter of a process names its pid in place of the template's stand-in, and differs in no more."""
    stand_in, own = struct.pack("=I", seccomp._OWN_PID), struct.pack("=I", PID)

    assert seccomp.template().count(stand_in) == 3
    assert seccomp.program(PID) == seccomp.template().replace(stand_in, own)


@pytest.mark.parametrize(
    ("header", "machine"),
    [("asm/unistd_64.h", "x86_64"), ("asm-generic/unistd.h", "aarch64")],
)
def test_numbers_are_the_kernels(header: str, machine: str) -> None:
    """Every number of the table is the one in the kernel's header, where this machine has it."""
    found = [path for path in Path("/usr/include").glob(f"**/{header}") if path.is_file()]
    if not found:
        pytest.skip("no kernel headers here")
    lines = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\s", found[0].read_text(encoding="utf-8"))
    theirs = {name: int(number) for name, number in lines}
    renamed = {"newfstatat": "fstatat"}  # the header's __NR3264_fstatat
    younger = {"fchmodat2"}
    ours = {name: number for name, number in syscalls.numbers(machine).items() if name not in younger}

    assert ours == {name: theirs.get(name, theirs.get(renamed.get(name, ""))) for name in ours}


def locked(function: Callable[[], Any]) -> Callable[[], Any]:
    """Put the filter in force first."""

    def run() -> Any:
        set_no_new_privs = 38
        syscalls.call("prctl", set_no_new_privs, 1, 0, 0, 0)
        seccomp.install()
        return function()

    return run


def test_the_kernel_takes_the_filter(in_child: Callable[..., Any]) -> None:
    """In force, the filter refuses, fakes and denies as it should, and raw calls do not get round it."""

    def answers() -> list[int]:
        raw = ctypes.CDLL(None, use_errno=True).syscall
        numbers = syscalls.numbers(syscalls.MACHINE)
        said = []
        for name in ("setsid", "flock", "getxattr", "clone3"):
            result = raw(numbers[name], 0, 0, 0)
            said.append(ctypes.get_errno() if result < 0 else result)
        return said

    assert in_child(locked(answers)).value == [errno.EPERM, 0, errno.ENOTSUP, errno.ENOSYS]


@pytest.mark.skipif(syscalls.MACHINE != "x86_64", reason="x32 is a matter of x86_64")
def test_an_x32_number_is_death(in_child: Callable[..., Any]) -> None:
    """A number of the x32 calls ends the process at once."""
    socket_of_x32 = 0x40000029

    ended = in_child(locked(lambda: ctypes.CDLL(None).syscall(socket_of_x32, 1, 1, 0)))

    assert ended.exit_code == -signal.SIGSYS


@pytest.mark.parametrize(("refusal", "unknown_flags"), [(errno.ENOSYS, 5), (errno.EINVAL, 4)])
def test_older_kernels(
    in_child: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, refusal: int, unknown_flags: int
) -> None:
    """Without seccomp(2), or without its newer flag, the filter is put in force all the same."""
    call = syscalls.call

    def older(name: str, *arguments: Any) -> int:
        if name == "seccomp" and arguments[1] & unknown_flags:
            raise OSError(refusal, name)
        return call(name, *arguments)

    monkeypatch.setattr(syscalls, "call", older)

    def forbidden() -> str:
        try:
            os.fork()
        except PermissionError:
            return "refused"
        return "forked"

    assert in_child(locked(forbidden)).value == "refused"
