"""A limit of time for code that runs in this process: a thread watches, and an interrupt ends the code.

What computes in C for long, or catches everything, is not to be ended from inside: then the thread says so, and
Ctrl-C is left, pressed twice.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from grader.errors import StudentTimedOut
from grader.sandbox import wire
from grader.sandbox.process import Budget

_PERIOD = 0.05
_AGAIN = 0.2
"""Seconds until code that has caught the interrupt gets another one."""

_GRACE = 5.0
"""Seconds after which it is said that the code does not end."""

_INTERRUPTED = 130
"""The exit code of a command that the user has interrupted."""


class OutOfTime(BaseException):
    """Ends submitted code whose time is up; no `except Exception` stops it."""


def within_budget(work: Callable[[], wire.Reply], budget: Budget) -> wire.Reply:
    """Answer a request, and interrupt it when its time is up; what the user interrupts ends as KeyboardInterrupt."""
    watch = _Watch(budget)
    before = signal.signal(signal.SIGINT, watch.handle)
    reply: wire.Reply | None = None
    watch.start()
    try:
        try:
            reply = work()
        finally:
            watch.stop()
    except OutOfTime:  # it came a moment too late to hit the submitted code
        watch.stop()
    finally:
        signal.signal(signal.SIGINT, before)
    if watch.interrupted:
        raise KeyboardInterrupt
    if reply is None or watch.expired:
        raise StudentTimedOut(f"It did not finish within {_seconds(budget)}.")
    return reply


class _Watch:
    """Charges a budget while a request is answered, and interrupts the main thread when nothing is left."""

    def __init__(self, budget: Budget) -> None:
        self.expired = False
        self.interrupted = False
        self._budget = budget
        self._cpu, self._wall = time.process_time() - budget.cpu, time.monotonic() - budget.wall
        self._active = True
        self._poked = False
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; no interrupt of ours comes after this."""
        self._done.set()
        with self._lock:
            self._active = False
        self._charge()

    def handle(self, _number: int, _frame: FrameType | None) -> None:
        """Tell our own interrupt from the user's."""
        if self._poked:
            self._poked = False
            if self._active:
                raise OutOfTime
            return
        if self.interrupted:
            os._exit(_INTERRUPTED)  # the code catches whatever comes: only leaving is left
        self.interrupted = True
        raise KeyboardInterrupt

    def _charge(self) -> None:
        self._budget.cpu = time.process_time() - self._cpu
        self._budget.wall = time.monotonic() - self._wall

    def _look(self) -> None:
        pause, since = _PERIOD, 0.0
        while not self._done.wait(pause):
            self._charge()
            self.expired = self.expired or (self._budget.spent and not self.interrupted)
            if not (self.expired or self.interrupted):
                continue
            with self._lock:
                if self._active:
                    self._poked = True
                    _interrupt_main()
            pause, since = _AGAIN, since + _AGAIN
            if _GRACE <= since < _GRACE + _AGAIN:
                self._complain()

    def _complain(self) -> None:
        stream = sys.__stderr__
        if stream is not None:
            limit = _seconds(self._budget)
            stream.write(
                f"grade: this takes longer than its {limit} and cannot be stopped; press Ctrl-C twice to end.\n"
            )
            stream.flush()


def _interrupt_main() -> None:
    """Interrupt the main thread; where there are signals, a real one, which also ends a `sleep`."""
    main = threading.main_thread().ident
    if hasattr(signal, "pthread_kill") and main is not None:
        signal.pthread_kill(main, signal.SIGINT)
    else:
        _thread.interrupt_main()


def _seconds(budget: Budget) -> str:
    return f"{budget.seconds:g} second{'' if budget.seconds == 1 else 's'}"
