"""Forks that no interrupt falls into.

A signal between a fork and the note of its pid would leave a process that nobody ends; one that Python takes in
its hooks around a fork is lost; and a child that took it in the parent's place would unwind into the parent's
code and tidy up what is not its own. So interrupts are held back while processes are made and ended, and a
child never leaves the function that it was forked for.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import os
import signal
from collections.abc import Callable, Iterator
from typing import NoReturn

INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, what a batch system sends, and the terminal that was closed."""


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold interrupts back; one that comes inside is taken at the end, when all is noted down."""
    with _masked(signal.SIG_BLOCK):
        yield


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Take interrupts again, inside of what is uninterrupted."""
    with _masked(signal.SIG_UNBLOCK):
        yield


@contextlib.contextmanager
def _masked(how: int) -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(how, INTERRUPTS)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def fork(child: Callable[[], NoReturn]) -> int:
    """Fork a process that runs a function and ends with it; to be called uninterrupted."""
    pid = os.fork()
    if pid == 0:
        try:
            child()
        finally:
            os._exit(1)  # never unwind into the code of the parent
    return pid


def follow_the_parent() -> None:
    """End with the parent, in a child, and leave it to the parent to take what a terminal sends to all."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def step_back(*kept: int) -> None:
    """Be a child in the background: a session of its own, and no descriptors but these and three that hold nothing."""
    follow_the_parent()
    os.setsid()
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    for low, high in itertools.pairwise([2, *sorted(kept), 1 << 20]):
        os.closerange(low + 1, high)
