"""Who of a cluster gets which submission, and what becomes of it when a worker dies.

    a worker is met -> its node stands -> versions compared -> the assignment goes over -> submissions, two at a time

Of the two, a worker is at the first, and the second waits there, so that no worker waits for this machine.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from grader.environment import environment_here
from grader.errors import SandboxError, UsageError
from grader.executors import keeper
from grader.executors.link import Answer, Link
from grader.executors.orders import (
    Absent,
    Broken,
    Graded,
    Loaded,
    Setting,
    Standing,
    bundle_of,
    decoded_reply,
    encoded,
    order_of,
    sha256_of,
)
from grader.results import Environment, GradedSubmission
from grader.run_command import tell
from grader.submission import Submission
from grader.task import Task

_IN_HAND = 2
_TRIES = 2
"""How many workers a submission may cost before it is left ungraded."""

_FAILURES = 3
"""How often in a row the node of a worker may end before the worker gets no more work."""

_LOOK_SECONDS = 1.0
_PATIENCE_SECONDS = 600.0
"""How long there may be no worker: those of a batch system come when they are let."""


@dataclass
class Hand:
    """A submission that is to be graded, and what became of it so far."""

    submission: Submission
    tries: int = 0
    fault: str | None = None


@dataclass
class Member:
    """A Dask worker, and what it was given, by ticket, in the order in which it takes it."""

    address: str
    ready: bool = False
    refused: bool = False
    failures: int = 0
    in_hand: dict[str, Hand] = field(default_factory=dict)


class Dealer:
    """Deals out the submissions of a run, and takes the results."""

    def __init__(self, link: Link, task: Task, coming: Iterator[Submission], *, sandbox: str, notebooks: bool) -> None:
        bundle = bundle_of(task.assignment)
        self._link = link
        self._bundle = encoded(bundle)
        self._setting = encoded(Setting(sha256_of(bundle), task.seed, sandbox, notebooks))
        self._checks_sha256 = task.assignment.checks_sha256()
        self._environment = environment_here()
        self._coming = coming
        self._more = True
        self._again: deque[Hand] = deque()
        self._members: dict[str, Member] = {}
        self._asked: dict[str, Member] = {}
        self._watch = _Watch()

    def results(self) -> Iterator[GradedSubmission]:
        """Grade everything; yields results as they come."""
        looked = 0.0
        while self._more or self._again or any(member.in_hand for member in self._members.values()):
            if time.monotonic() - looked > _LOOK_SECONDS:
                looked = time.monotonic()
                self._look()
            self._deal()
            answer = self._link.answer(_LOOK_SECONDS / 2)
            if answer is None or (member := self._asked.pop(answer.ticket, None)) is None:
                continue
            graded = self._take(member, answer)
            if graded is not None:
                self._watch.served = True
                yield graded

    def _look(self) -> None:
        """See who has come and who has gone."""
        here = self._link.workers()
        for address in self._members.keys() - here:
            self._give_back(self._members.pop(address), "the worker ended")
        for address in sorted(here - self._members.keys()):
            self._members[address] = Member(address)
            self._stand(self._members[address])
        self._watch.look(list(self._members.values()))

    def _deal(self) -> None:
        """Give everyone one submission before anyone gets a second."""
        for most in range(1, _IN_HAND + 1):
            for member in self._members.values():
                while member.ready and len(member.in_hand) < most and (hand := self._next()) is not None:
                    order = encoded(order_of(hand.submission, hand.fault))
                    member.in_hand[self._ask(member, keeper.grade, order)] = hand

    def _next(self) -> Hand | None:
        if self._more and (one := next(self._coming, None)) is not None:
            return Hand(one)
        self._more = False
        return self._again.popleft() if self._again else None

    def _ask(self, member: Member, function: Callable[..., bytes], *arguments: bytes) -> str:
        ticket = self._link.ask(member.address, function, self._setting, *arguments)
        self._asked[ticket] = member
        return ticket

    def _stand(self, member: Member) -> None:
        member.ready = False
        self._ask(member, keeper.stand)

    def _take(self, member: Member, answer: Answer) -> GradedSubmission | None:
        if answer.error:
            self._fail(member, answer.error, answer.ticket)
            return None
        match decoded_reply(answer.data):
            case Graded(graded):
                member.failures = 0
                del member.in_hand[answer.ticket]
                return graded
            case Standing(environment, checks_sha256):
                self._compare(member, environment, checks_sha256)
            case Loaded(checks_sha256):
                self._compare(member, self._environment, checks_sha256)
            case Absent("displaced"):
                self._give_back(member, None)
                self._stand(member)
            case Absent():
                self._fail(member, "the grading process ended")
            case Broken(message) if not member.ready:
                self._refuse(member, message)
            case Broken(message, UsageError.exit_code):
                raise UsageError(message)
            case Broken(message):
                self._fail(member, message)
        return None

    def _compare(self, member: Member, theirs: Environment, checks_sha256: str | None) -> None:
        """Let a worker go on where it has what results depend on."""
        if difference := _difference(theirs, self._environment):
            self._refuse(member, difference)
        elif checks_sha256 is None:
            self._ask(member, keeper.load, self._bundle)
        elif checks_sha256 != self._checks_sha256:
            self._refuse(member, "its checks, after unpacking, are not those of this run")
        else:
            member.ready = True

    def _refuse(self, member: Member, why: str) -> None:
        member.ready, member.refused = False, True
        self._watch.why = f"{member.address} gets no work: {why.rstrip('.')}"
        tell(self._watch.why)

    def _fail(self, member: Member, why: str, ticket: str = "") -> None:
        """Start the node of a worker anew, or refuse the worker where that was done often enough."""
        self._give_back(member, why, ticket)
        member.failures += 1
        if member.failures == _FAILURES:
            self._refuse(member, why)
        else:
            self._stand(member)

    def _give_back(self, member: Member, why: str | None, ticket: str = "") -> None:
        """Take back what a worker had; the one that it was at has cost a worker, if `why` says so."""
        hands = member.in_hand
        for one in hands:
            self._asked.pop(one, None)
            self._link.give_up(one)
        if why is not None and hands:
            lost = hands.get(ticket) or next(iter(hands.values()))
            lost.tries += 1
            if lost.tries == _TRIES:
                lost.fault = f"it was tried {_TRIES} times: {why}"
        self._again.extend(hands.values())
        member.in_hand = {}
        for one in [one for one, asked in self._asked.items() if asked is member]:  # to stand, or to load
            del self._asked[one]
            self._link.give_up(one)


@dataclass
class _Watch:
    """Watches that there is somebody to grade."""

    served: bool = False
    """Whether anything has been graded: then whoever is missing was killed, and may come back."""
    why: str = ""
    since: float = field(default_factory=time.monotonic)
    told: bool = False

    def look(self, members: list[Member]) -> None:
        """Wait for workers, but not for ever."""
        if not all(member.refused for member in members):
            self.since, self.told = time.monotonic(), False
            return
        if members and not self.served:
            raise SandboxError(f"no worker of the cluster can grade this; {self.why}")
        if time.monotonic() - self.since > _PATIENCE_SECONDS:
            raise SandboxError(f"there was no worker to give work to for {_PATIENCE_SECONDS / 60:g} minutes")
        if not self.told:
            self.told = True
            tell("waiting for a worker to join the cluster")


def _difference(theirs: Environment, ours: Environment) -> str:
    """Say which versions differ."""
    parts = [
        f"{name} {getattr(theirs, name)} where this run has {getattr(ours, name)}"
        for name in ours.__struct_fields__
        if getattr(theirs, name) != getattr(ours, name)
    ]
    return f"it has {', '.join(parts)}" if parts else ""
