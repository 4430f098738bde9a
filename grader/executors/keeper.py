"""What runs in a Dask worker: three functions, bytes to bytes, that pass on what is for the one node it keeps.

It keeps one node at a time, for one assignment, seed and sandbox; where a Dask worker has several threads, they queue.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock

import msgspec

from grader.executors.orders import Absent, Broken, Loaded, Setting, Standing, decoded_reply, encoded
from grader.frames import receive, send
from grader.run_command import environment_for

_END_SECONDS = 30.0


class Node:
    """A node that was started for a setting, and what it has said of itself."""

    def __init__(self, setting: bytes) -> None:
        theirs_in, self._orders = os.pipe()
        self._replies, theirs_out = os.pipe()
        theirs_alive, self._alive = os.pipe()
        theirs = (theirs_in, theirs_out, theirs_alive)
        seed = msgspec.msgpack.decode(setting, type=Setting).seed
        try:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves; -P: nothing is imported from where it is started
                [sys.executable, "-P", "-m", "grader.executors.node", *map(str, theirs)],
                pass_fds=theirs, stdin=subprocess.DEVNULL, env=os.environ | environment_for(seed),
                start_new_session=True,
            )  # fmt: skip
        finally:
            for descriptor in theirs:
                os.close(descriptor)
        self.standing: Standing | None = None

    def ask(self, message: bytes) -> bytes | None:
        """Pass a message on and wait for the answer; None when the node has ended."""
        try:
            send(self._orders, msgspec.Raw(message))
        except BrokenPipeError:
            return None  # what it may have said before is about something else
        answer = receive(self._replies, msgspec.Raw)
        return None if answer is None else bytes(answer)

    def end(self) -> None:
        """End it as Ctrl-C would, and wait until it has tidied up."""
        for descriptor in (self._alive, self._orders, self._replies):
            os.close(descriptor)
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@dataclass
class Keeper:
    """Holds the one node of this process."""

    lock: Lock = field(default_factory=Lock)
    setting: bytes = b""
    node: Node | None = None

    def stand(self, setting: bytes) -> bytes:
        """Have a node for a setting: the one that is there, or a new one in its place."""
        with self.lock:
            if self.node is not None and self.setting == setting and self.node.standing is not None:
                return encoded(self.node.standing)
            self._end()
            self.setting, self.node = setting, Node(setting)
            return self._ask(setting)

    def tell(self, setting: bytes, message: bytes, *, loaded: bool) -> bytes:
        """Pass a message on to the node of a setting, if it is still there and has its assignment, or has none yet."""
        with self.lock:
            if self.node is None:
                return encoded(Absent("lost"))
            standing = self.node.standing
            if self.setting != setting or standing is None or (standing.checks_sha256 is not None) != loaded:
                return encoded(Absent("displaced"))
            return self._ask(message)

    def _ask(self, message: bytes) -> bytes:
        assert self.node is not None
        answer = self.node.ask(message)
        if answer is None:
            self._end()
            return encoded(Absent("lost"))
        reply = decoded_reply(answer)
        if isinstance(reply, Standing):
            self.node.standing = reply
        elif isinstance(reply, Loaded) and self.node.standing is not None:
            self.node.standing = Standing(self.node.standing.environment, reply.checks_sha256)
        elif isinstance(reply, Broken):
            self._end()
        return answer

    def _end(self) -> None:
        if self.node is not None:
            with suppress(OSError):
                self.node.end()
        self.node = None


_KEEPER = Keeper()
"""The state of a Dask worker between its tasks, which are functions."""


def stand(setting: bytes) -> bytes:
    """Have a node stand here for a `Setting`; a `Standing` or a `Broken` comes back."""
    return _KEEPER.stand(setting)


def load(setting: bytes, bundle: bytes) -> bytes:
    """Give the node its `Bundle`; a `Loaded`, a `Broken` or an `Absent` comes back."""
    return _KEEPER.tell(setting, bundle, loaded=False)


def grade(setting: bytes, order: bytes) -> bytes:
    """Have the node carry out an `Order`; a `Graded`, a `Broken` or an `Absent` comes back."""
    return _KEEPER.tell(setting, order, loaded=True)
