"""Run `grade` as on a machine that is no Linux: python elsewhere.py CHECK FILE.

What only POSIX has is hidden from everything of ours: modules cannot be imported, functions and constants are not
there. The libraries keep it: they know other systems, but tell them by `os.name`, which has to stay.
"""

from __future__ import annotations

import builtins
import functools
import os
import select
import signal
import socket
import sys
import time
from types import FrameType
from typing import Any

MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "pty", "tty", "posix", "syslog", "crypt", "readline"}
POSIX = {
    os: (
        "fork", "forkpty", "register_at_fork", "pidfd_open", "sched_getaffinity", "sched_setaffinity", "setsid",
        "setuid", "setgid", "geteuid", "getuid", "getgid", "getegid", "getpgid", "killpg", "pipe2", "sysconf",
        "sysconf_names", "O_CLOEXEC", "O_NONBLOCK", "O_NOFOLLOW", "O_DIRECTORY", "uname", "nice", "mkfifo", "wait",
        "wait4", "WNOHANG", "chown", "fchown", "chroot", "statvfs", "posix_spawn", "getloadavg", "eventfd",
        "memfd_create",
    ),
    signal: ("SIGKILL", "SIGHUP", "SIGALRM", "SIGXCPU", "SIGSTOP", "pidfd_send_signal", "pthread_kill", "setitimer"),
    select: ("poll", "epoll"),
    socket: ("AF_UNIX", "SCM_RIGHTS", "CMSG_SPACE", "send_fds", "recv_fds"),
    time: ("clock_gettime", "CLOCK_MONOTONIC", "tzset", "pthread_getcpuclockid"),
}  # fmt: skip


def ours(frame: FrameType) -> bool:
    """Whether code of ours is asking."""
    return str(frame.f_globals.get("__name__", "")).split(".")[0] == "grader"


def hide() -> None:
    """Take away from us what other systems do not have."""
    original = builtins.__import__

    def guarded(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] in MODULES and ours(sys._getframe(1)):
            raise ImportError(f"we import {name}, which only POSIX has")
        return original(name, *rest, **more)

    builtins.__import__ = guarded
    for module, names in POSIX.items():
        hidden = {name: vars(module).pop(name) for name in names if hasattr(module, name)}
        vars(module)["__getattr__"] = functools.partial(_give, hidden)


def _give(hidden: dict[str, Any], name: str) -> Any:
    if name not in hidden or ours(sys._getframe(1)):
        raise AttributeError(name)
    return hidden[name]


if __name__ == "__main__":
    hide()
    from grader.cli import main

    main(sys.argv[1:], prog_name="grade")
