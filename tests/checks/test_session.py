"""A session asks one worker after the other; what a worker says, or that it died, is told for what it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, cast
from unittest.mock import Mock

import pytest
import torch

from grader.checks.remote import Remote, RemoteModule, gradients
from grader.checks.session import Loading, Session, student_raised
from grader.checks.student import Submission
from grader.errors import CheckFailed, Rejected, SandboxError, StudentCrashed, StudentRaised, StudentTimedOut
from grader.sandbox import values, wire
from grader.sandbox.process import Budget, Output, WorkerProcess

LOADED = wire.Loaded(0, ("f", "net"))
Answer = Callable[[Any], Any]


class FakeWorker:
    """Answers requests with a function, dies when that raises, and keeps what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.alive = True
        self.cpu = 0.5
        self.output = Output(bytearray(b"said "), 5)
        self.asked: list[Any] = []
        self.budgets: list[Budget] = []

    def request(self, message: Any, budget: Budget) -> Any:
        """Answer, with the id of the request."""
        self.asked.append(message)
        self.budgets.append(budget)
        try:
            return self.answer(message)
        except Exception:
            self.kill()
            raise

    def kill(self) -> int:
        """Die."""
        self.alive = False
        return 0


class FakeWall:
    """Opens one fake worker after the other; the last answer function is used again."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.workers: list[FakeWorker] = []

    def open(self, files: Mapping[str, bytes]) -> WorkerProcess:
        """Open the next worker."""
        assert files == {"sub.py": b"x = 1"}
        assert not any(worker.alive for worker in self.workers)
        self.workers.append(FakeWorker(self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)))
        return cast("WorkerProcess", self.workers[-1])


def answering(call: Answer, load: Answer = lambda _: LOADED) -> Answer:
    """Answer loads, and the rest."""

    def answer(message: Any) -> Any:
        return load(message) if isinstance(message, wire.Load) else call(message)

    return answer


def returning(value: wire.Value) -> Answer:
    """Answer every call with a value."""
    return answering(lambda message: wire.Returned(message.id, value, getattr(message, "args", ())))


def raising(error: Exception) -> Answer:
    """Let every call end the worker."""

    def fail(_: Any) -> Any:
        raise error

    return answering(fail)


def session_of(*answers: Answer) -> tuple[Session, FakeWall]:
    """Make a session that has loaded its submission and begun a check."""
    wall = FakeWall(*answers)
    session = Session(wall, Loading({"sub.py": b"x = 1"}, "sub.py", "mini", 10.0, 1))
    session.load()
    session.begin_check(2, 3.0)
    return session, wall


def test_worker_is_replaced_after_a_time_out() -> None:
    """A time-out costs the check that met it; the next call gets a worker that imports the file anew."""
    session, wall = session_of(raising(StudentTimedOut("late")), returning(7))
    submission = Submission(session)
    with pytest.raises(StudentTimedOut):
        submission.f()
    session.begin_check(3, 3.0)

    assert submission.f() == 7
    assert [type(message).__name__ for message in wall.workers[1].asked] == ["Load", "Call"]
    assert wall.workers[1].asked[0].seed == 3


def test_one_worker_serves_all_checks_and_is_put_back_between_them() -> None:
    """Each check gets a reset, with its own seed, when it first asks for something, and no other."""
    session, wall = session_of(returning(1))
    submission = Submission(session)
    submission.f()
    submission.f()
    session.begin_check(9, 3.0)
    session.begin_check(10, 3.0)
    submission.f()

    asked = [message for message in wall.workers[0].asked if not isinstance(message, wire.Load)]
    assert [message.reset for message in asked] == [2, None, 10]


def test_what_all_workers_used_and_printed_is_kept() -> None:
    """CPU and output are summed over the workers of a submission, and the output is capped."""
    session, wall = session_of(raising(StudentCrashed("gone")), returning(1))
    with pytest.raises(StudentCrashed):
        Submission(session).f()
    Submission(session).f()
    wall.workers[1].output = Output(bytearray(b"x" * 70_000), 10**9)

    session.close_worker()
    session.close_worker()

    assert (session.cpu, session.output_total) == (1.0, 10**9 + 5)
    assert bytes(session.output) == b"said " + b"x" * (65536 - 5)


def test_each_check_and_each_shared_fixture_has_its_own_time() -> None:
    """Calls of a check share one budget; a shared fixture is charged to another, and the next check to a new one."""
    session, wall = session_of(returning(1))
    submission = Submission(session)
    submission.f()
    with session.budget(60.0):
        submission.f()
    submission.f()
    session.begin_check(3, 5.0)
    submission.f()

    calls = [b for b, m in zip(wall.workers[0].budgets, wall.workers[0].asked, strict=True) if isinstance(m, wire.Call)]
    assert [budget.seconds for budget in calls] == [3.0, 60.0, 3.0, 5.0]
    assert calls[0] is calls[2]
    assert wall.workers[0].budgets[0].seconds == 10.0


def test_imports_together_have_a_limit() -> None:
    """A submission that crashes in each check cannot make us wait for its import in each."""

    def load(_: Any) -> Any:
        wall.workers[-1].budgets[-1].cpu = 9.0
        return LOADED

    wall = FakeWall(answering(lambda _: crash(), load))
    session = Session(wall, Loading({"sub.py": b"x = 1"}, "sub.py", "mini", 10.0, 1))
    session.load()
    for _ in range(20):
        session.begin_check(1, 1.0)
        with pytest.raises((StudentCrashed, StudentTimedOut)):
            Submission(session).f()

    assert len(wall.workers) == 6
    assert not any(worker.alive for worker in wall.workers)


def crash() -> Any:
    """Do as a worker that ends."""
    raise StudentCrashed("gone")


def test_budget_is_spent_by_cpu_or_by_the_clock() -> None:
    """CPU decides; the clock gives twice the time and one second more."""
    assert not Budget(1.0, cpu=0.99, wall=2.99).spent
    assert Budget(1.0, cpu=1.01).spent
    assert Budget(1.0, wall=3.01).spent


def test_missing_name_fails_the_check_in_words() -> None:
    """A name that is not defined is a failed check, and a notebook's first fault is told with it."""
    fault = wire.CellFault(4, 2, "ValueError", "bad \x1b[31m", "x = f()")
    missing = answering(
        lambda message: wire.Raised(message.id, "NameError", "relu", missing=True),
        lambda _: wire.Loaded(0, (), (fault,)),
    )
    session, _ = session_of(missing)

    with pytest.raises(CheckFailed, match=r"`relu` is not defined\. Cell 4 raised ValueError: bad") as caught:
        Submission(session).relu(1)

    assert "\x1b" not in caught.value.message
    assert not Submission(session).defines("relu")


def test_exception_points_at_the_students_line() -> None:
    """An exception becomes one sentence with the student's own last line; staff see all of them."""
    frames = (wire.Frame("a.py", 3, "f", "return g(x)"), wire.Frame("a.py", 7, "g", "return x @ w"))

    error = student_raised(wire.Raised(1, "RuntimeError", "shapes.", frames))

    assert error.message == "RuntimeError: shapes (a.py, line 7: return x @ w)"
    assert error.traceback == "a.py, line 3, in f: return g(x)\na.py, line 7, in g: return x @ w"
    assert student_raised(wire.Raised(1, "NotImplementedError", "")).message.startswith("This part is not written yet")


# ---------------------------------------------------------------- imports that go wrong


def test_first_import_may_be_rejected() -> None:
    """A file that is no submission is rejected; an import that raises is the student's fault, and ends the worker."""
    for reply, error in (
        (wire.Raised(1, "Rejected", "no notebook", rejected=True), Rejected),
        (wire.Raised(1, "NameError", "x"), StudentRaised),
        (wire.Returned(1, None), StudentCrashed),
    ):
        wall = FakeWall(answering(lambda _: None, lambda _, reply=reply: reply))  # type: ignore[misc]  # its default
        session = Session(wall, Loading({"sub.py": b"x = 1"}, "sub.py", "mini", 10.0, 1))
        with pytest.raises(error):
            session.load()
        assert not wall.workers[0].alive


def test_later_import_is_never_rejected() -> None:
    """A worker that calls its file no submission only after a crash gains nothing: the fault is the student's."""
    rejecting = answering(lambda _: None, lambda _: wire.Raised(1, "Rejected", "no", rejected=True))
    session, _ = session_of(raising(StudentCrashed("gone")), rejecting)
    with pytest.raises(StudentCrashed):
        Submission(session).f()

    with pytest.raises(StudentRaised, match="no"):
        Submission(session).f()


def test_no_check_meets_a_module_that_is_imported_by_half() -> None:
    """Where a later import raises, the check after it imports anew and does not use what is left."""
    half = answering(lambda _: pytest.fail("asked a module that was not imported"), lambda _: wire.Raised(1, "E", "no"))
    session, wall = session_of(raising(StudentCrashed("gone")), half, returning(5))
    for error in (StudentCrashed, StudentRaised):
        with pytest.raises(error):
            Submission(session).f()
        session.begin_check(3, 1.0)

    assert Submission(session).f() == 5
    assert len(wall.workers) == 3


# ---------------------------------------------------------------- handles

HANDLE = wire.Handle(1, "module", "Net")


def test_handle_is_good_within_one_check() -> None:
    """A proxy kept from another check, or from before a fresh import, is a mistake of the check's author."""
    session, _ = session_of(returning(HANDLE))
    net = Submission(session).net()
    assert isinstance(net, RemoteModule)
    net(1)
    session.refresh()
    with pytest.raises(RuntimeError, match="one check alone"):
        net(1)
    other = Submission(session).net()
    session.begin_check(3, 1.0)

    with pytest.raises(RuntimeError, match="one check alone"):
        Submission(session).f(other)


def test_handle_of_a_dead_worker_names_nothing_in_the_next() -> None:
    """After a crash within a check, a handle from before it is gone, and never another object of that number."""

    def once(message: Any) -> Any:
        if message.target == wire.Name("boom"):
            crash()
        return wire.Returned(message.id, HANDLE, message.args)

    session, _ = session_of(answering(once))
    submission = Submission(session)
    net = submission.net()
    with pytest.raises(StudentCrashed, match="gone"):
        submission.boom()

    with pytest.raises(StudentCrashed, match="what it had made"):
        net(1)
    with pytest.raises(StudentCrashed, match="what it had made"):
        submission.f([net])


# ---------------------------------------------------------------- answers that are not what they should be

TENSOR = wire.Tensor("uint8", (3,), b"\x00\x01\x02")
ODD: list[wire.Value] = [
    None, True, 3, 2.5, math.nan, math.inf, "text", wire.Bytes(b"x"), TENSOR, wire.ListValue(()), wire.DictValue(()),
    wire.ListValue((1, "x", None, TENSOR)), wire.ListValue((wire.DictValue((("name", TENSOR),)),)),
    wire.TupleValue((1, 2)), wire.DictValue(((1, TENSOR),)), wire.DictValue((("a", 1),)), HANDLE, wire.Opaque("set"),
]  # fmt: skip


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("operation", ["parameters", "submodules", "state", "buffers", "gradients"])
def test_odd_answers_to_operations_are_the_students(operation: str, value: wire.Value) -> None:
    """Whatever is answered to a question of ours gives a value of the promised type, or is the student's fault."""
    session, _ = session_of(returning(value))
    module = RemoteModule(session, wire.Name("net"))

    try:
        found = gradients(module, [1]) if operation == "gradients" else getattr(module, operation)()
    except (StudentRaised, StudentCrashed):
        return
    assert (operation, value) in [
        ("parameters", wire.ListValue(())),
        ("submodules", wire.ListValue(())),
        ("state", wire.DictValue(())),
        ("buffers", wire.DictValue(())),
    ]
    assert found in ([], {})


ROW: dict[str, Any] = {
    "name": "w", "shape": (2, 3), "dtype": "float32", "requires_grad": True, "storage": 0, "owner": ["Linear"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "lie"),
    [
        ("name", "x" * 5000),
        ("name", 3),
        ("shape", [2, 3]),
        ("shape", torch.zeros(4)),
        ("shape", (2, -3)),
        ("shape", (2.0, 3)),
        ("shape", (2**40,)),
        ("shape", (1,) * 1000),
        ("shape", (True, 2)),
        ("requires_grad", torch.zeros(2)),
        ("requires_grad", 1),
        ("storage", math.inf),
        ("owner", "Linear"),
        ("owner", [1]),
        ("owner", torch.zeros(3)),
    ],
)
def test_parameters_that_lie_are_the_students(field: str, lie: Any) -> None:
    """One field of a parameter that is not what it must be makes the list unreadable; the honest list is read."""
    for value, readable in ((ROW[field], True), (lie, False)):
        encoded = values.encode([{**ROW, field: value}], values.describe)
        session, _ = session_of(returning(encoded))
        module = RemoteModule(session, wire.Name("net"))
        if readable:
            assert module.parameters()[0].count == 6
        else:
            with pytest.raises(StudentRaised, match="could not be listed"):
                module.parameters()


def test_state_too_large_to_be_written_back_is_refused() -> None:
    """A state of more numbers than fit into a frame would end, when it is written back, in an error of ours."""
    size = wire.MAX_FRAME // 8 + 1
    session, _ = session_of(returning(wire.DictValue((("w", wire.Tensor("int8", (size,), bytes(size))),))))

    with pytest.raises(StudentRaised, match="numbers"):
        RemoteModule(session, wire.Name("net")).state()


@pytest.mark.parametrize("count", [0, 2])
def test_gradients_are_one_for_each_input(count: int) -> None:
    """Fewer or more gradients than inputs are no answer, so that none goes unchecked."""
    answer = {"output": 1.0, "inputs": [1.0] * count, "parameters": {}, "differentiable": True}
    session, _ = session_of(returning(values.encode(answer, values.describe)))

    with pytest.raises(StudentRaised, match="gradients"):
        gradients(Remote(session, wire.Name("f")), [torch.ones(1)])


@pytest.mark.parametrize("args", [None, (), (1, 2, 3)])
def test_arguments_come_back_complete_or_not_at_all(args: Any) -> None:
    """An answer with other arguments than were sent is the student's, and no index error in a check."""
    session, _ = session_of(answering(lambda message: wire.Returned(message.id, 1, args)))

    with pytest.raises((StudentRaised, StudentCrashed)):
        Submission(session).f.call((1,), {"x": 2})


@pytest.mark.parametrize(
    "value",
    [
        wire.Tensor("float32", (2**30,), bytes(8)),
        wire.Tensor("float32", (0, 2**20, 2**20), b""),
        wire.DictValue(((wire.ListValue(()), 1),)),
        wire.Name("f"),
        wire.Spec("nn.Tanh", {}),
    ],
    ids=["shape", "stride", "key", "name", "description"],
)
def test_untrue_values_end_the_worker(value: wire.Value) -> None:
    """A value that contradicts itself, or is not for this direction, is a crash of the worker, named as that."""
    session, wall = session_of(returning(value))

    with pytest.raises(StudentCrashed, match="protocol"):
        Submission(session).f()

    assert not wall.workers[0].alive


def test_deep_values_end_the_worker() -> None:
    """A value nested beyond what is allowed is no recursion error of ours."""
    value: wire.Value = None
    for _ in range(values.MAX_DEPTH + 1):
        value = wire.TupleValue((value,))
    session, _ = session_of(returning(value))

    with pytest.raises(StudentCrashed, match="nested"):
        Submission(session).f()


@pytest.mark.parametrize("value", [object(), torch.nn.Module(), 2**70, {1, 2}, torch.eye(2).to_sparse()])
def test_what_an_author_may_not_send_is_ours(value: object) -> None:
    """An argument that may not go in is refused here, before the worker is asked."""
    session, wall = session_of(returning(1))

    with pytest.raises(values.Refused):
        Submission(session).f(value)

    assert not any(isinstance(message, wire.Call) for message in wall.workers[0].asked)


def test_private_names_are_no_proxies() -> None:
    """Python's own questions to a submission, such as a copy's, are not sent to a worker."""
    session, _ = session_of(returning(1))

    with pytest.raises(AttributeError):
        Submission(session).__wrapped__  # noqa: B018 - asking is the test


@pytest.mark.parametrize("where", ["call", "end"])
def test_a_wall_that_failed_is_told_at_the_end(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the wall failed, in a check or when the worker is ended, nothing that was found counts: `end` raises."""
    session, wall = session_of(raising(SandboxError("gone")) if where == "call" else returning(1))
    if where == "call":
        with pytest.raises(SandboxError):
            Submission(session).f()
    else:
        monkeypatch.setattr(wall.workers[0], "kill", Mock(side_effect=SandboxError("gone")))

    with pytest.raises(SandboxError, match="gone"):
        session.end()


def test_a_wall_that_stood_is_not_told() -> None:
    """A submission that crashed and raised has met no fault of ours."""
    session, _ = session_of(raising(StudentCrashed("left")))
    with pytest.raises(StudentCrashed):
        Submission(session).f()

    session.end()


FRAMES = (wire.Frame("sub.py", 1, "", "x = bytearray(1 << 34)"),)


@pytest.mark.parametrize(
    ("type_name", "message", "frames", "out_of_memory"),
    [
        ("MemoryError", "", FRAMES, True),
        ("RuntimeError", "[enforce fail] DefaultCPUAllocator: can't allocate memory", FRAMES, True),
        ("OSError", "[Errno 12] Cannot allocate memory", FRAMES, True),
        ("MemoryError", "", (), False),
        ("RuntimeError", "no memory of that", FRAMES, False),
        ("ValueError", "x", FRAMES, False),
    ],
)
def test_running_out_of_memory_is_recognised(
    type_name: str, message: str, frames: tuple[wire.Frame, ...], out_of_memory: bool
) -> None:
    """What Python, torch and the system raise where memory ends is told apart, and from the parser's own limit."""
    assert student_raised(wire.Raised(1, type_name, message, frames)).out_of_memory == out_of_memory


def test_several_calls_are_one_request() -> None:
    """`each` sends all arguments at once, by place or by name, and gives the values in order."""
    session, wall = session_of(returning(wire.ListValue((1.0, 2.0))))

    found = Submission(session).f.each((1, 2), {"x": 3})

    (asked,) = [one for one in wall.workers[0].asked if isinstance(one, wire.Operate)]
    assert found == [1.0, 2.0]
    assert (asked.operation, asked.target) == ("each", wire.Name("f"))
    calls = wire.ListValue((wire.TupleValue((1, 2)), wire.DictValue((("x", 3),))))
    assert asked.args == {"calls": calls, "no_grad": False}


@pytest.mark.parametrize("value", [1.0, wire.ListValue((1.0,)), wire.TupleValue((1.0, 2.0))])
def test_several_calls_are_answered_all_or_not_at_all(value: wire.Value) -> None:
    """A worker that answers with fewer values than there were calls, or with something else, is the student's fault."""
    submission = Submission(session_of(returning(value))[0])

    with pytest.raises(StudentRaised):
        submission.f.each((1,), (2,))
