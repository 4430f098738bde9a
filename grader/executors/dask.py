"""A Dask cluster grades; this machine finds the submissions, deals them out, and writes what comes back."""

from __future__ import annotations

import re
import socket
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from grader.errors import UsageError
from grader.executors.dealing import Dealer
from grader.executors.link import linked
from grader.intake.archives import Unpack, none_here
from grader.results import GradedSubmission
from grader.run_command import tell
from grader.sandbox.host import SANDBOX_OFF
from grader.submission import Submission
from grader.task import Task

_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?P<host>[\w.-]+|\[[0-9a-fA-F:.]+\]):(?P<port>[0-9]{1,5})")

_REACH_SECONDS = 5.0


@dataclass(frozen=True)
class Cluster:
    """A scheduler that answers, and who unpacks archives, on this machine."""

    address: str
    unpack: Unpack
    sandbox: str
    notebooks: bool

    def grade(self, task: Task, submissions: Iterator[Submission]) -> Generator[GradedSubmission]:
        """Grade on the cluster; from here on this process has threads, and nothing is forked from it any more."""
        first = next(submissions, None)
        if first is None:
            return
        with linked(self.address) as link:
            coming = chain([first], submissions)
            dealer = Dealer(link, task, coming, sandbox=self.sandbox, notebooks=self.notebooks)
            for graded in dealer.results():
                task.keep(graded)
                yield graded


@contextmanager
def dask(address: str, *, sandbox: str, notebooks: bool, archives: bool, hidden: Sequence[Path]) -> Iterator[Cluster]:
    """Make sure that a scheduler answers; where there may be archives, start a nursery here for as long as it takes."""
    _refuse_unreachable(address)
    if not archives:  # nothing of anybody's runs on this machine, and torch is not imported
        if sandbox == "off":
            tell(SANDBOX_OFF)
        yield Cluster(address, none_here, sandbox, notebooks)
        return
    from grader.executors.local import local

    with local(jobs=1, sandbox=sandbox, notebooks=False, hidden=hidden) as here:
        yield Cluster(address, here.unpack, sandbox, notebooks)


def _refuse_unreachable(address: str) -> None:
    """Say what is wrong before anything slow is done; no Dask client yet, which has threads."""
    place = _ADDRESS.fullmatch(address)
    if place is None:
        raise UsageError(f"{address!r} is no address of a Dask scheduler: give dask:tcp://HOST:PORT.")
    if find_spec("distributed") is None:
        raise UsageError("--executor dask needs the package distributed: pip install 'grade[dask]'")
    try:
        host = place["host"].strip("[]")
        socket.create_connection((host, int(place["port"])), timeout=_REACH_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise UsageError(f"there is no Dask scheduler at {address}: {error}") from None
