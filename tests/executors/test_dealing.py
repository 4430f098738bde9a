"""Who of a cluster gets what, with workers of bytes: no process is started."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from grader.assignment import load
from grader.environment import environment_here
from grader.errors import SandboxError, UsageError
from grader.executors import dealing, keeper
from grader.executors.dealing import Dealer
from grader.executors.link import Answer
from grader.executors.orders import (
    Absent,
    Broken,
    Bundle,
    Graded,
    Loaded,
    Order,
    Reply,
    Standing,
    bundle_of,
    encoded,
    order_of,
    sha256_of,
    unpacked_bundle,
    unpacked_order,
)
from grader.results import GradedSubmission, Result, Seconds
from grader.submission import Submission, SubmittedFile
from grader.task import Task
from tests.command import MINI

ASSIGNMENT = load("mini", MINI)
CHECKS = ASSIGNMENT.checks_sha256()


def _graded(order: Order) -> Graded:
    """Make a result that says, as its message, what fault the order came with."""
    result = Result(
        assignment="mini", submission=_submission(order.id).info, status="graded", message=order.fault or "",
        score=1.0, max_score=1.0, checks=(), seconds=Seconds(), sandbox=(), environment=environment_here(),
        checks_sha256=CHECKS, seed=0,
    )  # fmt: skip
    return Graded(GradedSubmission(result=result))


def _submission(name: str) -> Submission:
    submission = Submission(name, name, (), None)
    vars(submission)["sha256"] = "0" * 64
    return submission


@dataclass
class Worker:
    """Answers what it is asked; `grades` says what it does with the nth order, None: it dies."""

    grades: Callable[[int, Order], Reply | None] = lambda _, order: _graded(order)
    stands: Reply = field(default_factory=lambda: Standing(environment_here()))
    loads: Reply = field(default_factory=lambda: Loaded(CHECKS))
    seen: list[str] = field(default_factory=list)
    queue: deque[tuple[str, Callable[[], Reply | None]]] = field(default_factory=deque)
    most: int = 0


class FakeLink:
    """A cluster in this process; whoever is named in `later` joins when so many were graded."""

    def __init__(self, workers: dict[str, Worker], later: dict[int, tuple[str, Worker]] | None = None) -> None:
        self.here = workers
        self.later = later or {}
        self.count = 0
        self.done = 0

    def workers(self) -> frozenset[str]:
        """Say who is there."""
        return frozenset(self.here)

    def ask(self, worker: str, function: Callable[..., bytes], *arguments: bytes) -> str:
        """Queue it."""
        self.count += 1
        ticket = str(self.count)
        to = self.here.get(worker)
        if to is None:
            return ticket
        if function is keeper.stand:
            to.queue.append((ticket, lambda: to.stands))
        elif function is keeper.load:
            to.queue.append((ticket, lambda: to.loads))
        else:
            order = msgspec.msgpack.decode(arguments[1], type=Order)
            to.queue.append((ticket, lambda: self._grade(to, order)))
        to.most = max(to.most, len(to.queue))
        return ticket

    def _grade(self, worker: Worker, order: Order) -> Reply | None:
        worker.seen.append(order.id)
        return worker.grades(len(worker.seen), order)

    def answer(self, seconds: float) -> Answer | None:
        """Have whoever was asked first answer."""
        assert seconds < 5
        busy = [(int(worker.queue[0][0]), name) for name, worker in self.here.items() if worker.queue]
        if not busy:
            return None
        name = min(busy)[1]
        ticket, work = self.here[name].queue.popleft()
        reply = work()
        if reply is None:
            del self.here[name]
            return None
        if isinstance(reply, Graded):
            self.done += 1
            self.here.update([self.later[self.done]] if self.done in self.later else [])
        return Answer(ticket, encoded(reply))

    def give_up(self, ticket: str) -> None:
        """Take it out of its queue."""
        for worker in self.here.values():
            worker.queue = deque(one for one in worker.queue if one[0] != ticket)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look after the workers each time round."""
    monkeypatch.setattr(dealing, "_LOOK_SECONDS", 0.0)


def _deal(link: FakeLink, count: int = 6) -> dict[str, str]:
    """Deal submissions out, and return the messages of the results by id."""
    coming: Iterator[Submission] = (_submission(f"s{number}") for number in range(count))
    dealer = Dealer(link, Task(ASSIGNMENT, 0, None), coming, sandbox="auto", notebooks=False)
    found = [graded.result for graded in dealer.results()]
    assert len({result.submission.id for result in found}) == len(found)
    return {result.submission.id: result.message for result in found}


def test_everyone_gets_work_and_never_more_than_two() -> None:
    """All is graded once; a worker has one submission under way and one that waits."""
    workers = {"a": Worker(), "b": Worker()}

    found = _deal(FakeLink(workers), 20)

    assert len(found) == 20
    assert [worker.most for worker in workers.values()] == [2, 2]
    assert sorted(workers["a"].seen + workers["b"].seen) == sorted(found)


def test_a_dead_worker_costs_the_one_it_was_at_a_try() -> None:
    """What waited there goes to another worker uncounted; what it was at is tried once more."""
    dying = Worker(lambda number, order: None if number == 2 else _graded(order))
    other = Worker()

    found = _deal(FakeLink({"a": dying, "b": other}))

    assert set(found.values()) == {""}
    assert dying.seen[1] in other.seen


def test_a_submission_that_costs_two_workers_is_not_graded() -> None:
    """The third time it goes out with the fault and without its files; nobody else suffers, what waited included."""

    def grades(_: int, order: Order) -> Reply | None:
        return None if order.id == "s0" and order.fault is None else _graded(order)

    found = _deal(FakeLink({name: Worker(grades) for name in "abc"}))

    assert found.pop("s0") == "it was tried 2 times: the worker ended"
    assert set(found.values()) == {""}
    assert len(found) == 5


def test_a_worker_that_joins_later_gets_work() -> None:
    """Whoever comes while there is something left is used."""
    late = Worker()

    _deal(FakeLink({"a": Worker()}, {3: ("late", late)}), 20)

    assert len(late.seen) > 2


def test_a_node_that_has_its_assignment_is_used_as_it_is() -> None:
    """The assignment does not go over again."""
    warm = Worker(stands=Standing(environment_here(), CHECKS), loads=Broken("loaded twice", 3))

    assert len(_deal(FakeLink({"a": warm}))) == 6


def test_a_node_that_was_displaced_by_another_run_costs_nobody_a_try() -> None:
    """Two runs on one cluster are slow, and right."""

    def grades(number: int, order: Order) -> Reply:
        return _graded(order) if number % 3 == 0 else Absent("displaced")

    assert set(_deal(FakeLink({"a": Worker(grades)})).values()) == {""}


@pytest.mark.parametrize(
    ("worker", "why"),
    [
        (
            Worker(stands=Standing(msgspec.structs.replace(environment_here(), torch="1.0", python="3.9"))),
            "it has python 3.9 where",
        ),
        (Worker(loads=Loaded("other")), "its checks, after unpacking, are not those of this run"),
        (Worker(stands=Broken("this machine gives too little.", 3)), "this machine gives too little"),
        (Worker(lambda *_: Absent("lost")), "the grading process ended"),
    ],
)
def test_a_worker_that_cannot_grade_is_refused_by_name(
    worker: Worker, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence says which and why, and the others do the work; alone, it ends the run."""
    with pytest.raises(SandboxError, match=why):
        _deal(FakeLink({"tcp://bad:1": worker}))
    assert f"grade: tcp://bad:1 gets no work: {why}" in capsys.readouterr().err

    found = _deal(FakeLink({"tcp://bad:1": worker, "good": Worker()}), 40)

    assert len(found) == 40
    assert capsys.readouterr().err.count("gets no work") == 1


def test_an_assignment_at_fault_ends_the_run() -> None:
    """Checks that cannot be collected are no fault of a worker."""
    with pytest.raises(UsageError, match="cannot be collected"):
        _deal(FakeLink({"a": Worker(lambda *_: Broken("the checks cannot be collected", 2))}))


def test_without_workers_it_waits_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says once that it waits."""
    monkeypatch.setattr(dealing, "_PATIENCE_SECONDS", 0.2)

    with pytest.raises(SandboxError, match="no worker to give work to"):
        _deal(FakeLink({}))

    assert capsys.readouterr().err == "grade: waiting for a worker to join the cluster\n"


def test_an_assignment_arrives_as_it_was_sent(tmp_path: Path) -> None:
    """What is unpacked has the hash of the checks, and the hash of a bundle follows what is in it."""
    bundle = bundle_of(ASSIGNMENT)
    sent = msgspec.msgpack.decode(encoded(bundle), type=Bundle)

    unpacked = unpacked_bundle(sent, tmp_path)

    assert unpacked.checks_sha256() == CHECKS
    assert unpacked.secret() == ASSIGNMENT.secret()
    assert (unpacked.slug, unpacked.names, unpacked.limits) == ("mini", ASSIGNMENT.names, ASSIGNMENT.limits)
    assert sha256_of(sent) == sha256_of(bundle)
    assert sha256_of(Bundle("mini", bundle.files | {"more": b""})) != sha256_of(bundle)


def test_a_submission_arrives_as_it_was_found(tmp_path: Path) -> None:
    """Names and bytes go over, whatever the names; what cannot be read any more is told apart as it is here."""
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\n")
    found = Submission("a", "Ann", (SubmittedFile("deep/ä b.py", path), SubmittedFile("b.py", path)), "b.py", "late")

    there = unpacked_order(msgspec.msgpack.decode(encoded(order_of(found)), type=Order), tmp_path / "there")
    at_fault = order_of(found, "tried twice")
    path.unlink()
    gone = order_of(found)
    path.symlink_to(tmp_path)
    linked = order_of(found)

    assert [file.path.read_bytes() for file in there.files] == [b"x = 1\n"] * 2
    assert [file.name for file in there.files] == ["deep/ä b.py", "b.py"]
    assert (there.main, there.note, there.sha256, there.handin) == ("b.py", "late", found.sha256, found.handin)
    assert (at_fault.fault, at_fault.contents) == ("tried twice", ())
    assert gone.fault is not None
    assert gone.fault.startswith("FileNotFoundError: ")
    assert linked.rejection == "deep/ä b.py is a symbolic link, and links are not followed; hand in the file itself."
