"""Attacks on the kernel and by it: networks, messages between processes, file systems, corners that none needs."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import termios
from pathlib import Path
from typing import Final

from grader.sandbox import syscalls
from grader.sandbox.attempts import Probe, Targets, close, kernel_looks, make_and_remove

_PRIVATE_KEY, _MODE, _REMOVE = 0, 0o600, 0
_VSOCK, _CRYPTO = 40, 38


def _open_socket(family: int, kind: int, protocol: int = 0) -> Probe:
    def probe(_: Targets) -> bool:
        socket.socket(family, kind, protocol).close()
        return True

    return probe


def _socket_is_looked_at(family: int) -> Probe:
    """Ask for a family that a machine may lack: to be told so is as good as to get it."""

    def probe(_: Targets) -> bool:
        try:
            socket.socket(family, socket.SOCK_STREAM).close()
        except OSError as failure:
            return failure.errno in (errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT, errno.ESOCKTNOSUPPORT)
        return True

    return probe


def _connect(_: Targets) -> bool:
    with socket.socket() as caller:  # nobody listens there, which a kernel says that has tried
        return caller.connect_ex(("127.0.0.1", 9)) in (0, errno.ECONNREFUSED)


def _listen(_: Targets) -> bool:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
    return True


def _name_a_socket(_: Targets) -> bool:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0probe-{os.getpid()}")
    return True


def _bind_to(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))


def _pair(kind: int) -> Probe:
    def probe(_: Targets) -> bool:
        for end in socket.socketpair(socket.AF_UNIX, kind):
            end.close()
        return True

    return probe


def _send_descriptor(_: Targets) -> bool:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        return socket.send_fds(ours, [b"x"], [ours.fileno()]) == 1


def _shared_memory(_: Targets) -> bool:
    made = syscalls.call("shmget", _PRIVATE_KEY, 4096, _MODE)
    return syscalls.call("shmctl", made, _REMOVE, 0) == 0


def _semaphores(_: Targets) -> bool:
    made = syscalls.call("semget", _PRIVATE_KEY, 1, _MODE)
    return syscalls.call("semctl", made, 0, _REMOVE, 0) == 0


def _messages(_: Targets) -> bool:
    made = syscalls.call("msgget", _PRIVATE_KEY, _MODE)
    return syscalls.call("msgctl", made, _REMOVE, 0) == 0


def _posix_queue(_: Targets) -> bool:
    name = f"probe-{os.getpid()}".encode()
    close(syscalls.call("mq_open", name, os.O_CREAT | os.O_RDWR, _MODE, 0))
    return syscalls.call("mq_unlink", name) == 0


def _large_pipe(_: Targets) -> bool:
    ends = os.pipe()
    try:
        size = 2 * fcntl.fcntl(ends[0], fcntl.F_GETPIPE_SZ)
        return fcntl.fcntl(ends[0], fcntl.F_SETPIPE_SZ, size) >= size
    finally:
        close(*ends)


def _type_into_a_terminal(_: Targets) -> bool:
    ends = os.pipe()  # and not into the one of whoever runs this
    try:
        fcntl.ioctl(ends[0], termios.TIOCSTI, b"x")
    except OSError as failure:
        return failure.errno == errno.ENOTTY
    finally:
        close(*ends)
    return True


def _change_root(_: Targets) -> bool:
    os.chroot("/")  # to where it is
    return True


PROBES: Final[dict[str, Probe]] = {
    "internet": _open_socket(socket.AF_INET, socket.SOCK_DGRAM),
    "raw_packets": _open_socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
    "connect": _connect,
    "listen": _listen,
    "unix_socket": _open_socket(socket.AF_UNIX, socket.SOCK_STREAM),
    "named_socket": _name_a_socket,
    "socket_file": lambda targets: make_and_remove(_bind_to, targets.scratch),
    "netlink": _open_socket(socket.AF_NETLINK, socket.SOCK_RAW),
    "virtual_machine_socket": _socket_is_looked_at(_VSOCK),
    "crypto_socket": _socket_is_looked_at(_CRYPTO),
    "datagram_pair": _pair(socket.SOCK_DGRAM),
    "packet_pair": _pair(socket.SOCK_SEQPACKET),
    "send_descriptor": _send_descriptor,
    "shared_memory": _shared_memory,
    "semaphores": _semaphores,
    "messages": _messages,
    "posix_queue": _posix_queue,
    "memory_file": lambda _: close(os.memfd_create("probe")),
    "secret_memory": kernel_looks("memfd_secret", 1),
    "large_pipe": _large_pipe,
    "give_pages": kernel_looks("vmsplice", -1, 0, 0, 0),
    "type_into_a_terminal": _type_into_a_terminal,
    "mount": kernel_looks("mount", 0, b"/", b"no-such-type", 0, 0),
    "new_mount": kernel_looks("fsopen", 0, 0),
    "change_root": _change_root,
    "exchange_roots": kernel_looks("pivot_root", b"/", b"/"),
    "enter_namespace": kernel_looks("setns", -1, 0),
    "set_clock": kernel_looks("clock_settime", 0, 0),
    "host_name": kernel_looks("sethostname", 0, -1),
    "kernel_module": kernel_looks("finit_module", -1, 0, 0),
    "kernel_log": kernel_looks("syslog", 10, 0, 0),
    "personality": kernel_looks("personality", 0xFFFFFFFF),
    "io_uring": kernel_looks("io_uring_setup", 1, 0),
    "kernel_aio": kernel_looks("io_setup", 0, 0),
    "bpf": kernel_looks("bpf", -1, 0, 0),
    "performance": kernel_looks("perf_event_open", 0, 0, -1, -1, 0),
    "keys": kernel_looks("keyctl", -1, 0, 0, 0, 0),
    "page_faults": kernel_looks("userfaultfd", -1),
    "another_filter": kernel_looks("seccomp", -1, 0, 0),
}
