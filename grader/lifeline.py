"""Ending with another process, however that ends: it holds the only writing end of a pipe on which nothing is sent."""

from __future__ import annotations

import fcntl
import os
import select
import signal


def end_with(descriptor: int) -> None:
    """Have this process sent a SIGTERM, which is taken as Ctrl-C is, once the other end of a pipe is closed.

    The kernel sends it, so it also comes while this process is busy, and in a process that has one thread alone.
    """
    fcntl.fcntl(descriptor, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGTERM)
    fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) | os.O_ASYNC)
    closed = select.poll()
    closed.register(descriptor, select.POLLIN)
    if closed.poll(0):  # before the kernel was asked
        os.kill(os.getpid(), signal.SIGTERM)
