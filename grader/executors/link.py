"""The connection to a Dask scheduler: bytes go to functions on named workers, and bytes come back.

Dask is asked for little: which worker gets what, and what becomes of it when one dies, is decided in `dealing`.
"""

from __future__ import annotations

import logging
import queue
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from grader.errors import SandboxError, UsageError
from grader.sandbox import forks

_CONNECT_SECONDS = 10
_ANSWER_SECONDS = 20
_FETCH_SECONDS = 10


@dataclass(frozen=True)
class Answer:
    """What came back for a ticket: bytes, or why there are none."""

    ticket: str
    data: bytes
    error: str = ""


class Link(Protocol):
    """What dealing needs of a cluster."""

    def workers(self) -> frozenset[str]:
        """List the addresses of the workers that are there; SandboxError when the scheduler is lost."""

    def ask(self, worker: str, function: Callable[..., bytes], *arguments: bytes) -> str:
        """Have a worker call a function, after what it was asked for before; returns a ticket."""

    def answer(self, seconds: float) -> Answer | None:
        """Wait for the next answer of those that were not given up."""

    def give_up(self, ticket: str) -> None:
        """Want an answer no more."""


class DaskLink:
    """A link by way of a Dask client."""

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address
        self._futures: dict[str, Any] = {}
        self._done: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._count = 0

    def workers(self) -> frozenset[str]:
        """List the addresses of the workers that are there; SandboxError when the scheduler is lost."""
        try:
            if self._client.status == "running":
                return frozenset(self._client.sync(self._client.scheduler.ncores, callback_timeout=_ANSWER_SECONDS))
        except (OSError, TimeoutError, ValueError, AttributeError):  # Dask's ways to say that it is closed
            pass
        raise SandboxError(
            f"the Dask scheduler at {self._address} was lost; what was finished is kept, and the next run goes on"
        )

    def ask(self, worker: str, function: Callable[..., bytes], *arguments: bytes) -> str:
        """Have a worker call a function, after what it was asked for before; returns a ticket."""
        self._count += 1
        ticket = f"grade-{uuid.uuid4().hex}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that 20 MB, which a student may hand in, are many
            future = self._client.submit(
                function, *arguments, key=ticket, workers=[worker], priority=-self._count, pure=False
            )
        self._futures[ticket] = future
        future.add_done_callback(lambda _: self._done.put(ticket))
        return ticket

    def answer(self, seconds: float) -> Answer | None:
        """Wait for the next answer of those that were not given up."""
        try:
            ticket = self._done.get(timeout=seconds)
        except queue.Empty:
            return None
        future = self._futures.get(ticket)
        if future is None:
            return None
        try:
            data = future.result(timeout=_FETCH_SECONDS)
        except TimeoutError:  # its worker ended before the answer was fetched, or is slow
            self._done.put(ticket)
            return None
        except Exception as error:  # noqa: BLE001 - whatever a worker raises; it is said, and the worker gets no more
            if self._client.status != "running":
                return None
            self.give_up(ticket)
            return Answer(ticket, b"", f"{type(error).__name__}: {error}")
        self.give_up(ticket)
        return Answer(ticket, data)

    def give_up(self, ticket: str) -> None:
        """Want an answer no more."""
        future = self._futures.pop(ticket, None)
        if future is not None and self._client.status == "running":
            future.cancel()

    def close(self) -> None:
        """Give everything up; what a worker is at, it ends by itself."""
        with suppress(Exception):  # the scheduler may be gone, and there is nothing more to be saved
            if self._futures and self._client.status == "running":
                self._client.cancel(list(self._futures.values()))
        self._futures.clear()
        with suppress(Exception):
            self._client.close(timeout=_CONNECT_SECONDS)


@contextmanager
def linked(address: str) -> Iterator[DaskLink]:
    """Connect to a scheduler; UsageError where none answers."""
    from distributed import Client

    logging.disable(logging.CRITICAL)  # Dask tells every lost worker at length; what matters is said by us
    with forks.uninterrupted():  # its threads inherit this: interrupts are for the main thread
        try:
            client: Any = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(f"there is no Dask scheduler at {address}: {error}") from None
        link = DaskLink(client, address)
        try:
            with forks.interruptible():
                yield link
        finally:
            link.close()
