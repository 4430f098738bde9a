"""Real workers behind the real wall: what submitted code can do, and how everything else ends."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.errors import SandboxError, StudentCrashed, StudentTimedOut
from grader.sandbox import host, messages, nursery, values, wire
from grader.sandbox.process import KEPT_OUTPUT, Budget, WorkerProcess
from grader.sandbox.watcher import Limits

SECOND = 5.0
"""Seconds of CPU for what ends by itself; never used up."""


class Client:
    """A worker with a submission in it, asked as the trusted side asks."""

    def __init__(self, worker: WorkerProcess) -> None:
        self.worker = worker
        self._id = 0

    def load(self, main: str, seconds: float = SECOND) -> Any:
        """Import the submission."""
        self._id += 1
        return self.worker.request(wire.Load(self._id, main, "submission", 7), Budget(seconds))

    def ask(self, target: Any, *args: Any, seconds: float = SECOND, keep: bool = False, **kwargs: Any) -> Any:
        """Call a name or a handle, and return the reply."""
        self._id += 1
        place = wire.Name(target) if isinstance(target, str) else target
        encoded = tuple(values.encode(arg, values.describe) for arg in args)
        named = {name: values.encode(value, values.describe) for name, value in kwargs.items()}
        return self.worker.request(wire.Call(self._id, place, encoded, named, keep_args=keep), Budget(seconds))

    def __call__(self, target: Any, *args: Any, **options: Any) -> Any:
        """Call, and return the decoded value."""
        return found(self.ask(target, *args, **options))

    def operate(self, operation: str, target: Any, **args: Any) -> Any:
        """Run one of the worker's operations, and return the reply."""
        self._id += 1
        place = wire.Name(target) if isinstance(target, str) else target
        encoded = {name: values.encode(value, values.describe) for name, value in args.items()}
        return self.worker.request(wire.Operate(self._id, operation, place, encoded), Budget(SECOND))

    def reset(self, seed: int) -> Any:
        """Put back what a check may have changed."""
        self._id += 1
        return self.worker.request(wire.Operate(self._id, "value", wire.Name("__name__"), {}, seed), Budget(SECOND))


def found(reply: Any) -> Any:
    """Decode a value that was returned."""
    assert isinstance(reply, wire.Returned), reply
    return values.decode(reply.value, lambda value: value)


Start = Callable[..., Client]


@pytest.fixture
def empty(nursery_handle: host.NurseryHandle) -> Iterator[Callable[..., Client]]:
    """Start workers that have imported nothing yet, with given files and limits."""
    clients: list[Client] = []

    def start(files: dict[str, bytes], **limits: int) -> Client:
        clients.append(Client(host.Sandbox(nursery_handle, Limits(**limits)).open(files)))
        return clients[-1]

    yield start
    for client in clients:
        client.worker.kill()


@pytest.fixture
def start(empty: Callable[..., Client]) -> Start:
    """Start workers that have imported a source."""

    def load(source: str, files: dict[str, bytes] | None = None, **limits: int) -> Client:
        client = empty({"sub.py": textwrap.dedent(source).encode()} | (files or {}), **limits)
        reply = client.load("sub.py")
        assert isinstance(reply, wire.Loaded), reply
        return client

    return load


def notebook(*cells: str) -> bytes:
    """Make a notebook of code cells."""
    made: list[dict[str, object]] = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": cell} for cell in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}).encode()


# ---------------------------------------------------------------- importing


def test_python_file_is_imported_as_a_module(empty: Callable[..., Client]) -> None:
    """Public names are told, a block for `python file.py` is not run, and no exit code of it matters."""
    source = (
        b"import math\n_hidden = 1\nx = 2\ndef f(): return x\nif __name__ == '__main__':\n    raise SystemExit(1)\n"
    )
    client = empty({"sub.py": source})

    reply = client.load("sub.py")

    assert reply == wire.Loaded(1, ("math", "x", "f"))
    assert client("f") == 2


def test_notebook_is_imported_cell_by_cell(empty: Callable[..., Client]) -> None:
    """The code cells of a notebook run in one module; a cell that raises is told and the rest still runs."""
    client = empty(
        {"sub.ipynb": notebook("%matplotlib inline\na = 1", "b = a +\n", "c = undefined", "def f(): return a")}
    )

    reply = client.load("sub.ipynb")

    assert [(fault.cell, fault.line, fault.type_name) for fault in reply.faults] == [
        (2, 1, "SyntaxError"),
        (3, 1, "NameError"),
    ]
    assert client("f") == 1
    assert client.ask("b").missing


def test_a_notebook_may_write_a_module_and_import_it(empty: Callable[..., Client]) -> None:
    """Behind the wall too `%%writefile` makes a file that later cells import; its lines are told as the student's."""
    cells = ("%%writefile helpers.py\ndef f(x):\n    return 1 / x", "from helpers import f", "%load helpers.py")
    client = empty({"sub.ipynb": notebook(*cells)})

    assert client.load("sub.ipynb").faults == ()
    assert client("f", 2) == 0.5
    (frame,) = client.ask("f", 0).frames
    assert (frame.file, frame.line, frame.source) == ("helpers.py", 2, "return 1 / x")


def test_what_is_no_notebook_is_rejected(empty: Callable[..., Client]) -> None:
    """A file that only has a notebook's name is turned down in words."""
    reply = empty({"sub.ipynb": b"{"}).load("sub.ipynb")

    assert isinstance(reply, wire.Raised)
    assert reply.rejected
    assert reply.message


@pytest.mark.parametrize(
    ("source", "type_name", "message", "line"),
    [
        (b"x = 1\ndef f(:\n", "SyntaxError", "invalid syntax", 2),
        (b"x = 1\n  y = 2\n", "IndentationError", "unexpected indent", 2),
        (b"\nimport no_such_package\n", "ModuleNotFoundError", "no_such_package", 2),
        (b"def f():\n    return undefined\n\n\nf()\n", "NameError", "undefined", 2),
        (b"import sys\nsys.exit('bye')\n", "SystemExit", "bye", 2),
        (b"raise KeyboardInterrupt", "KeyboardInterrupt", "", 1),
        (b"x = '\xff'", "Rejected", "line 1, holds a character that is not UTF-8", None),
        (b"x = 1\x00", "Rejected", "NUL character in line 1", None),
        (b"input('Your name? ')", "EOFError", "", 1),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_errors_at_import_name_the_line(
    empty: Callable[..., Client], source: bytes, type_name: str, message: str, line: int | None
) -> None:
    """What is raised at import comes back by type, text and the student's own line."""
    reply = empty({"sub.py": source}).load("sub.py")

    assert isinstance(reply, wire.Raised)
    assert reply.type_name == type_name
    assert message in reply.message
    if line is not None:
        assert (reply.frames[-1].file, reply.frames[-1].line) == ("sub.py", line)


def test_source_that_breaks_the_parser_ends_only_its_worker(empty: Callable[..., Client]) -> None:
    """A source nested a million deep raises or crashes there, not here."""
    client = empty({"sub.py": b"x = " + b"-" * 10**6 + b"1"})

    try:
        reply = client.load("sub.py")
    except StudentCrashed:
        return
    assert reply.type_name in ("MemoryError", "RecursionError")


def test_files_beside_the_submission_are_found(start: Start) -> None:
    """A module and a data file that were handed in along, in folders too, are found by relative names."""
    client = start(
        """
        import helper
        from pathlib import Path
        def f():
            Path("out").mkdir()
            Path("out/new.txt").write_text("written")
            return [helper.x, open("data/a.txt").read(), Path("out/new.txt").read_text()]
        """,
        {"helper.py": b"x = 5", "data/a.txt": b"from the file"},
    )

    assert client("f") == [5, "from the file", "written"]


def test_names_that_no_wire_carries_do_no_harm(empty: Callable[..., Client]) -> None:
    """A module with names that are no strings, or of any length and number, is imported all the same."""
    source = b"globals()['x' * 5000] = 1\nglobals()[3] = 4\nfor i in range(20000):\n    globals()[f'n{i}'] = i\n"

    reply = empty({"sub.py": source}).load("sub.py")

    assert isinstance(reply, wire.Loaded)
    assert len(reply.names) == wire.MAX_NAMES


# ---------------------------------------------------------------- calls


@pytest.mark.parametrize(
    "value",
    [
        None, True, -3, 2.5, "é\n", b"\x00", [], [1, [2.0]], (), (1, (None,)), {}, {"a": {1: (True,)}},
    ],
    ids=repr,
)  # fmt: skip
def test_plain_arguments_go_in_and_come_back(start: Start, value: Any) -> None:
    """What is passed to a function arrives as it is, by position and by name, and so does what it returns."""
    client = start("def echo(a, *, b): return [a, b, type(a).__name__]")

    assert client("echo", value, b=value) == [value, value, type(value).__name__]


def test_torch_objects_go_in_by_description(start: Start) -> None:
    """Tensors, activations, networks, losses and optimizer factories are usable in a submitted function."""
    client = start(
        """
        def train(net, activation, loss, make, x, dtype):
            optimizer = make(net.parameters())
            value = loss(activation(net(x)), x.sum(1, keepdim=True))
            value.backward()
            optimizer.step()
            return [value.item(), type(optimizer).__name__, optimizer.param_groups[0]["lr"], str(x.dtype) == dtype]
        """
    )
    from functools import partial

    net = torch.nn.Sequential(torch.nn.Linear(2, 1))
    x = torch.ones(3, 2, dtype=torch.float32)

    value, kind, rate, right = client(
        "train", net, torch.nn.Tanh(), torch.nn.MSELoss(), partial(torch.optim.SGD, lr=0.25), x, "torch.float32"
    )

    expected = torch.nn.functional.mse_loss(torch.tanh(net(x)), torch.full((3, 1), 2.0)).item()
    assert (kind, rate, right) == ("SGD", 0.25, True)
    assert value == pytest.approx(expected, rel=1e-6)


def test_objects_stay_behind_and_are_used_by_handle(start: Start) -> None:
    """A module, a figure, an optimizer and a function stay in the worker, and a handle calls or passes them."""
    client = start(
        """
        import torch, matplotlib.pyplot as plt
        def make():
            net = torch.nn.Linear(2, 1)
            return [net, torch.optim.SGD(net.parameters(), lr=0.1), plt.figure(), lambda x: x + 1, object()]
        def weight_of(net): return net.weight
        """
    )

    handles = client("make")

    assert [handle.kind for handle in handles] == ["module", "optimizer", "figure", "callable", "object"]
    assert client(handles[0], torch.ones(3, 2)).shape == (3, 1)
    assert client(handles[3], 4) == 5
    assert client("weight_of", handles[0]).requires_grad


def test_arguments_come_back_as_they_are_after_the_call(start: Start) -> None:
    """What a function does to its arguments is seen, while the value that went in stays as it was."""
    client = start("def f(x, rows, *, y):\n    x.zero_()\n    rows.append(3)\n    y['k'] = 1\n    return 0")
    x = torch.ones(2)

    reply = client.ask("f", x, [1], keep=True, y={})

    after = [values.decode(value, lambda value: value) for value in reply.args]
    assert (after[0].tolist(), after[1:], x.tolist()) == ([0.0, 0.0], [[1, 3], {"k": 1}], [1.0, 1.0])


def test_call_without_gradients(start: Start) -> None:
    """A call may be made under no_grad, and the one after it is not."""
    client = start("import torch\ndef f(): return torch.is_grad_enabled()")
    quiet = wire.Call(100, wire.Name("f"), (), {}, no_grad=True)

    assert found(client.worker.request(quiet, Budget(SECOND))) is False
    assert client("f") is True


def test_exception_tells_the_students_own_lines(start: Start) -> None:
    """An exception names the lines of the submission that it passed through, and none of the libraries' or ours."""
    client = start(
        """
        import torch
        def inner(x): return torch.stack([x, x[:1]])
        def f(x):
            return inner(x)
        """
    )

    reply = client.ask("f", torch.ones(3))

    assert (reply.type_name, "equal size" in reply.message) == ("RuntimeError", True)
    assert [(frame.file, frame.line, frame.function) for frame in reply.frames] == [
        ("sub.py", 5, "f"),
        ("sub.py", 3, "inner"),
    ]
    assert reply.frames[0].source == "return inner(x)"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("raise ValueError", "(its text could not be read)"),
        ("return 3", "(its text could not be read)"),
        ("return 'x' * 10**8", "x" * 2000),
        ("return 'lone \\ud800'", "lone ?"),
        ("return type('S', (str,), {'__getitem__': lambda s, i: 3, 'encode': 4})('kin of str')", "kin of str"),
        ("raise SystemExit", "(its text could not be read)"),
    ],
)
def test_hostile_text_of_an_exception_is_cut_or_left_out(start: Start, body: str, text: str) -> None:
    """An exception whose __str__ raises, lies or floods still comes back, and the worker lives."""
    client = start(f"class E(Exception):\n    def __str__(self): {body}\ndef f(): raise E\ndef g(): return 1")

    reply = client.ask("f")

    assert (reply.type_name, reply.message) == ("E", text)
    assert client("g") == 1


@pytest.mark.parametrize(
    ("code", "type_name"),
    [
        ("import sys; sys.exit(0)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("f()", "RecursionError"),
        ("input()", "EOFError"),
        ("import no_such", "ModuleNotFoundError"),
        ("return 'x' * 2_000_000", "OverflowError"),
        ("return [0] * 600_000", "OverflowError"),
        ("import torch; return torch.zeros(20_000_000)", "OverflowError"),
        ("return bytes(70_000_000)", "OverflowError"),
        ("return [[0] * 400_000] * 3", "OverflowError"),
        ("import torch; return torch.zeros(1).expand(10**10)", "OverflowError"),
        ("import torch; return torch.zeros(10 * 2**30 // 4)", "RuntimeError"),
        ("return bytearray(10 * 2**30)", "MemoryError"),
        ("open('x', 'wb').write(bytes(65 << 20))", "OSError"),
    ],
)
def test_what_a_call_may_raise_leaves_the_worker_alive(start: Start, code: str, type_name: str) -> None:
    """An exit, an endless recursion, too large a result, file or memory is an exception of that call alone."""
    client = start(f"def f():\n    {code}\ndef g(): return 1")

    reply = client.ask("f")

    assert isinstance(reply, wire.Raised)
    assert reply.type_name == type_name
    assert client("g") == 1


def test_name_that_is_not_defined_is_told_apart(start: Start) -> None:
    """A missing name is not an error of the student's code but says itself."""
    reply = start("x = 1").ask("relu")

    assert (reply.missing, reply.message) == (True, "relu")


def test_data_loader_with_workers_loads(start: Start) -> None:
    """DataLoader(num_workers=2), as in many tutorials, works where processes are refused."""
    client = start(
        """
        import torch
        from torch.utils.data import DataLoader, TensorDataset
        def f():
            data = TensorDataset(torch.arange(6.0))
            loader = DataLoader(data, batch_size=2, num_workers=2, persistent_workers=True, prefetch_factor=2)
            return [batch.tolist() for [batch] in loader] + [len(DataLoader(data, 3, False, None, None, 2))]
        """
    )

    assert client("f") == [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0], 2]


def test_prints_and_warnings_are_captured_and_cut(start: Start) -> None:
    """What a submission prints or writes to the descriptors is kept, up to 64 KiB; a warning is no error."""
    client = start(
        """
        import os, sys, warnings
        def f():
            print("printed"); print("to stderr", file=sys.stderr); os.write(1, b"written \\xff")
            warnings.warn("warned")
            return 1
        def flood():
            for _ in range(200): print("x" * 10_000)
            return 2
        """
    )

    assert client("f") == 1
    kept = bytes(client.worker.output.kept)
    assert [word for word in (b"printed", b"to stderr", b"written \xff") if word not in kept] == []
    assert client("flood") == 2
    client.worker.kill()
    assert len(client.worker.output.kept) == KEPT_OUTPUT
    assert client.worker.output.total > 10 * KEPT_OUTPUT


def test_reset_puts_back_what_a_check_may_have_changed(start: Start) -> None:
    """Seeds, dtype, grad mode, figures and rcParams are after a reset as they were after the one before."""
    client = start(
        """
        import random
        import matplotlib.pyplot as plt, numpy as np, torch
        def state():
            return [random.random(), float(np.random.rand()), torch.rand(()).item(), str(torch.get_default_dtype()),
                    torch.is_grad_enabled(), plt.get_fignums(), plt.rcParams["lines.linewidth"],
                    list(plt.rcParams["figure.figsize"]), plt.get_backend().lower(), torch.get_num_threads()]
        def spoil():
            torch.set_default_dtype(torch.float64); torch.set_grad_enabled(False); plt.figure()
            plt.rcParams["lines.linewidth"] = 99; plt.style.use("ggplot"); torch.manual_seed(1); random.seed(1)
            plt.rcParams["figure.figsize"] = (1, 1)
        """
    )
    client.reset(5)
    before = client("state")
    client("spoil")

    client.reset(5)

    assert client("state") == before
    client.reset(6)
    assert client("state")[:3] != before[:3]


def test_settings_of_figures_at_import_are_kept(start: Start) -> None:
    """What a submission sets in rcParams at its top level holds in every check; what a check sets, in that alone."""
    client = start(
        """
        import matplotlib as mpl
        mpl.rcParams["lines.linewidth"] = 7
        def width(): return float(mpl.rcParams["lines.linewidth"]), float(mpl.rcParams["font.size"])
        def spoil(): mpl.rcParams.update({"lines.linewidth": 9, "font.size": 33})
        """
    )
    before = client("width")
    client("spoil")
    client.reset(1)

    assert before[0] == 7.0
    assert client("width") == before


def test_reset_drops_handles(start: Start) -> None:
    """A handle from before a reset names nothing after it."""
    client = start("def f(): return object()")
    handle = client("f")

    client.reset(1)

    assert client.ask(handle).type_name == "KeyError"


# ---------------------------------------------------------------- operations

NETWORK = """
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(2, 3)
        self.second = nn.Linear(2, 3)
        self.second.weight = self.first.weight
        self.scale = nn.Parameter(torch.ones(1), requires_grad=False)
        self.register_buffer("mean", torch.tensor([5.0]))

    def forward(self, x):
        return (self.first(x) + self.second(x)) * self.scale

def zero(module):
    if isinstance(module, nn.Linear):
        nn.init.zeros_(module.bias)

def fixed(x):
    return x.detach() * 2

def square(x):
    return x * x

def noise(count):
    return torch.rand(count)

def twice():
    layer = nn.Linear(2, 2)
    return nn.Sequential(layer, nn.Tanh(), layer)
"""


def test_a_layer_that_stands_twice_in_a_sequential_is_listed_once(start: Start) -> None:
    """Its parameters are trained once, so they count once."""
    client = start(NETWORK)

    rows = found(client.operate("inventory", client("twice")))

    assert [row["name"] for row in rows] == ["0.weight", "0.bias"]


def test_several_calls_are_made_in_one_request(start: Start) -> None:
    """Each call has its own arguments, and its value is kept as it was before the next."""
    client = start(
        """
        import torch

        kept = torch.zeros(2)

        def f(x, y=1):
            kept.add_(x * y)
            return kept

        def graded():
            return torch.is_grad_enabled()
        """
    )

    given = found(client.operate("each", "f", calls=[(1,), {"x": 2, "y": 3}], no_grad=False))

    assert [value.tolist() for value in given] == [[1.0, 1.0], [7.0, 7.0]]
    assert found(client.operate("each", "graded", calls=[(), {}], no_grad=True)) == [False, False]


def test_a_call_draws_from_the_random_state_that_it_is_given(start: Start) -> None:
    """What submitted code draws is then known beforehand."""
    client = start(NETWORK)
    generator = torch.Generator().manual_seed(5)

    drawn = found(client.operate("call_from", "noise", random_state=generator.get_state(), kwargs={"count": 3}))

    assert torch.equal(drawn, torch.rand(3, generator=generator))


def test_inventory_shows_tied_and_frozen_parameters(start: Start) -> None:
    """Each registered parameter is listed with shape, dtype and owner; those that share memory say so."""
    client = start(NETWORK)

    rows = found(client.operate("inventory", client("Net")))

    by_name = {row["name"]: row for row in rows}
    assert list(by_name) == ["scale", "first.weight", "first.bias", "second.weight", "second.bias"]
    assert by_name["first.weight"]["storage"] == by_name["second.weight"]["storage"] != by_name["scale"]["storage"]
    assert (by_name["first.weight"]["shape"], by_name["first.weight"]["owner"][0]) == ((3, 2), "Linear")
    assert [row["name"] for row in rows if not row["requires_grad"]] == ["scale"]


def test_weights_are_read_written_and_used(start: Start) -> None:
    """State and buffers are copies; what is loaded is what the module computes with; apply and train reach it."""
    client = start(NETWORK)
    net = client("Net")
    weights = {"first.weight": torch.ones(3, 2), "first.bias": torch.full((3,), 2.0)}
    assert found(client.operate("load", net, weights=weights)) is None
    assert found(client.operate("apply", net, function=wire.Name("zero"))) is None
    assert found(client.operate("train_mode", net, mode=False)) is None

    state = found(client.operate("state", net))

    assert set(state) == {"scale", "first.weight", "first.bias", "second.bias"}
    assert (state["first.weight"].tolist(), state["first.bias"].tolist()) == ([[1.0, 1.0]] * 3, [0.0] * 3)
    assert found(client.operate("buffers", net))["mean"].tolist() == [5.0]
    assert [row["training"] for row in found(client.operate("submodules", net))] == [False] * 3
    assert client(net, torch.ones(1, 2)).tolist() == [[4.0, 4.0, 4.0]]


def test_gradients_are_taken_where_the_graph_is(start: Start) -> None:
    """Gradients come by input and by parameter, weighted; a function that cuts the graph is told apart."""
    client = start(NETWORK)

    squared = found(
        client.operate("gradients", "square", args=[torch.tensor([3.0, 4.0])], weights=torch.tensor([1.0, 10]))
    )
    cut = found(client.operate("gradients", "fixed", args=[torch.ones(2)]))
    net = found(client.operate("gradients", client("Net"), args=[torch.ones(1, 2)]))

    assert squared["inputs"][0].tolist() == [6.0, 80.0]
    assert (cut["differentiable"], cut["output"].tolist()) == (False, [2.0, 2.0])
    assert net["parameters"]["first.weight"].tolist() == [[2.0, 2.0]] * 3
    assert net["parameters"]["scale"] is None


def test_an_optimizer_holds_the_very_model_that_was_sent_in(start: Start) -> None:
    """A step of the optimizer of `trainee` moves the parameters of the model that comes with it, and nothing else."""
    client = start(
        """
        def step(optimizer, model, x):
            optimizer.zero_grad(); model(x).sum().backward(); optimizer.step()
            return sum(p.numel() for group in optimizer.param_groups for p in group["params"])
        """
    )
    layer = torch.nn.Linear(2, 1, bias=False)
    model = torch.nn.Sequential(layer)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[1.0, 2.0]]))
    make = functools.partial(torch.optim.SGD, lr=0.5)

    sent = found(client.operate("trainee", "step", model=model, optimizer=make))

    assert [handle.kind for handle in sent.values()] == ["module", "optimizer"]
    assert client("step", sent["optimizer"], sent["model"], torch.tensor([[1.0, 3.0]])) == 2
    state = found(client.operate("state", sent["model"]))
    assert state["0.weight"].tolist() == [[0.5, 0.5]]
    assert layer.weight.tolist() == [[1.0, 2.0]]


def test_operations_on_what_they_are_not_for_raise(start: Start) -> None:
    """An operation on the wrong kind of object is an exception of the submission's, never a crash."""
    client = start("def f(): return 1\nx = 3")

    for operation in ("inventory", "submodules", "state", "buffers", "describe_figure"):
        assert client.operate(operation, "f").type_name == "TypeError"
    assert found(client.operate("value", "x")) == 3


def test_figure_comes_back_as_data(start: Start) -> None:
    """Titles, lines, images, points and legends of a figure come in one answer, as numbers and text."""
    client = start(
        """
        import matplotlib.pyplot as plt, numpy as np
        def plot():
            fig, (left, right) = plt.subplots(1, 2)
            left.plot([0, 1, 2], [3, 4, np.nan], "--", label="loss"); left.set(title="T", xlabel="X", yscale="log")
            left.axhline(1, label="_hidden"); left.legend()
            right.imshow(np.eye(2), extent=(0, 1, 2, 3), origin="lower"); right.scatter([1, 2], [3, 4])
            return fig
        """
    )

    figure = found(client.operate("describe_figure", client("plot")))

    left, right = figure["axes"]
    assert (left["title"], left["xlabel"], left["yscale"]) == ("T", "X", "log")
    assert [(entry["text"], entry["linestyle"]) for entry in left["legend"]] == [("loss", "--")]
    assert left["legend"][0]["color"] == left["lines"][0]["color"] == pytest.approx([0.122, 0.467, 0.706, 1], abs=1e-3)
    assert [line["label"] for line in left["lines"]] == ["loss", ""]
    assert left["lines"][0]["x"].tolist() == [0.0, 1.0, 2.0]
    assert (right["images"][0]["extent"], right["images"][0]["origin"]) == ([0.0, 1.0, 2.0, 3.0], "lower")
    assert right["points"][0]["offsets"].tolist() == [[1.0, 3.0], [2.0, 4.0]]


# ---------------------------------------------------------------- time, memory, output, disk


@pytest.mark.parametrize(
    ("code", "cpu"),
    [
        ("while True: pass", True),
        ("import re; re.match('(a+)+$', 'a' * 64 + 'b')", True),
        ("10 ** 10 ** 9", True),
        ("import time; time.sleep(1000)", False),
        ("import threading; threading.Event().wait()", False),
        (
            "import signal\n    for n in set(signal.Signals) - {9, 19}: signal.signal(n, signal.SIG_IGN)\n"
            "    while True: pass",
            True,
        ),
        ("while True:\n        try:\n            while True: pass\n        except BaseException: pass", True),
        ("class E(Exception):\n        def __str__(self):\n            while True: pass\n    raise E", True),
    ],
    ids=["loop", "regex", "power", "sleep", "wait", "signals ignored", "catches all", "endless __str__"],
)
def test_what_never_returns_is_timed_out(start: Start, code: str, cpu: bool) -> None:
    """An endless loop is ended by its CPU time, whatever it catches; what sleeps, by the clock. None is late."""
    client = start(f"def f():\n    {code}")
    before = time.monotonic()
    budget = Budget(0.2)

    with pytest.raises(StudentTimedOut, match=r"0\.2 seconds"):
        client.worker.request(wire.Call(50, wire.Name("f"), (), {}), budget)

    assert (budget.cpu > 0.2) == cpu
    assert time.monotonic() - before < budget.wall_limit + 1.0
    assert not Path(f"/proc/{client.worker.pid}").exists()


def test_time_is_counted_over_all_calls_of_a_budget(start: Start) -> None:
    """Many short calls use up one budget together."""
    client = start(
        "import time\ndef f():\n    end = time.process_time() + 0.05\n    while time.process_time() < end: pass"
    )
    budget = Budget(0.3)
    numbers = iter(range(100, 200))

    def call_on() -> None:
        for number in numbers:
            client.worker.request(wire.Call(number, wire.Name("f"), (), {}), budget)

    with pytest.raises(StudentTimedOut):
        call_on()

    assert 103 <= next(numbers) <= 110


def test_waiting_for_a_core_is_not_counted(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the clock a call has twice its CPU time and a second; the time in which it got no core comes on top."""
    client = start("import time\ndef f(): time.sleep(1.6); return 1")
    monkeypatch.setattr("grader.sandbox.watcher.Watcher.main_thread", lambda _: (0.0, time.monotonic()))  # all the time

    assert client("f", seconds=0.1) == 1

    monkeypatch.undo()
    with pytest.raises(StudentTimedOut):
        client("f", seconds=0.1)


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="this kernel does not count waiting")
def test_the_kernel_tells_who_waited_for_a_core(start: Start) -> None:
    """A worker that shares a core with another process has waited about half of its time."""
    client = start(
        "import time\ndef f():\n    end = time.process_time() + 0.4\n    while time.process_time() < end: pass"
    )
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(client.worker.pid, {core})
    spin = f"import os; os.sched_setaffinity(0, {{{core}}})\nwhile True: pass"
    rival = subprocess.Popen([sys.executable, "-c", spin])  # noqa: S603 - our own interpreter
    try:
        budget, before = Budget(SECOND), time.monotonic()
        client.worker.request(wire.Call(50, wire.Name("f"), (), {}), budget)
        took = time.monotonic() - before
    finally:
        rival.kill()
        rival.wait()

    assert took > 0.5
    assert budget.wall < 0.8 * took


@pytest.mark.parametrize(
    ("code", "reason", "limits"),
    [
        ("import os; os._exit(0)", "exit code 0", {}),
        ("import ctypes; ctypes.string_at(0)", "segmentation fault", {}),
        ("import os; os.abort()", "abort", {}),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", "signal 15", {}),
        ("import os; os.close(4)\n    while True: pass", "speak the protocol", {}),
        ("import os\n    while True: os.write(1, b'x' * 65536)", "printed more than 64 MB", {}),
        ("while True: print('x' * 1000)", "printed more than 2 MB", {"output": 2 << 20}),
        (
            "import os\n    for i in range(64):\n        with open(f'{i}', 'wb') as f: f.write(bytes(1 << 20))\n"
            "    while True: pass",
            "more than 8 MB to disk",
            {"disk": 8 << 20},
        ),
        ("for i in range(10**6): open(f'{i}', 'w').close()", "more than 2000 files", {}),
        (
            "import os\n    while True:\n        os.mkdir('d'); os.chdir('d')",
            "more than 2000 files|cannot be looked into",
            {},
        ),
        (
            "import os\n    for _ in range(20):\n        os.mkdir('d' * 250); os.chdir('d' * 250)\n"
            "    open('x', 'wb').write(bytes(1 << 20))\n    while True: pass",
            "cannot be looked into",
            {},
        ),
        ("while True: pass", "CPU time", {"cpu_seconds": 1}),
        (
            "import signal\n    signal.signal(signal.SIGXCPU, signal.SIG_IGN)\n    while True: pass",
            "CPU time",
            {"cpu_seconds": 1},
        ),
        (
            "import resource\n    resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n    while True: pass",
            "CPU time",
            {},
        ),
    ],
    ids=[
        "exit", "segfault", "abort", "kill", "closed", "flood", "prints", "disk", "files", "nested", "hidden deep",
        "cpu", "cpu caught", "cpu lowered",
    ],
)  # fmt: skip
def test_what_breaks_a_limit_is_ended(start: Start, code: str, reason: str, limits: dict[str, int]) -> None:
    """A crash, or a limit broken, ends the worker; the reason is said in words, and nothing of it is left."""
    client = start(f"def f():\n    {code}", **limits)
    scratch = client.worker._watcher._scratch

    with pytest.raises(StudentCrashed, match=reason):
        client.ask("f", seconds=SECOND)

    assert not Path(f"/proc/{client.worker.pid}").exists()
    assert not scratch.exists()


HOARD = """
def f():
    held = []
    while True:
        try: held.append(bytearray(1 << 20))
        except MemoryError: pass
"""


def test_memory_that_is_hoarded_is_out_of_memory_or_of_time(start: Start) -> None:
    """A submission that swallows every MemoryError is ended for its memory, or has little until its time is over."""
    client = start(HOARD, memory=200 << 20)

    with pytest.raises((StudentCrashed, StudentTimedOut)) as caught:
        client.ask("f", seconds=0.3)

    assert getattr(caught.value, "out_of_memory", True)


def test_memory_is_limited_by_the_watcher() -> None:
    """Where the kernel does not limit memory, a submission that takes too much of it is ended, and says so."""
    nursery.warm(notebooks=False)
    handle = host.start_nursery(tuple(layer for layer in host.choose_layers("auto") if layer != "rlimits"))
    client = Client(host.Sandbox(handle, Limits(memory=200 << 20)).open({"sub.py": HOARD.encode()}))
    client.load("sub.py")

    with pytest.raises(StudentCrashed, match="more than 200 MB of memory") as caught:
        client.ask("f")

    assert caught.value.out_of_memory
    host.stop_nursery(handle)


def test_threads_are_limited(start: Start) -> None:
    """A thread bomb ends in an exception or in the end of the worker, after few threads."""
    client = start(
        """
        import threading
        threading.stack_size(65536)
        count = 0
        def f():
            global count
            stop = threading.Event()
            try:
                while count < 10_000:
                    threading.Thread(target=stop.wait, daemon=True).start()
                    count += 1
            except RuntimeError:
                pass
            stop.set()
            return count
        """,
        threads=32,
    )

    try:
        started, end = client("f"), "it counted"
    except StudentCrashed as error:
        started, end = 0, error.message

    assert started < 100
    assert end == "it counted" or "64 threads" in end


def test_what_was_handed_in_counts_as_no_writing(start: Start) -> None:
    """Limits on disk count what a submission writes, not the data that came with it."""
    files = {f"data/{number}.bin": bytes(200_000) for number in range(20)}
    client = start(
        "import time\ndef f():\n    open('own', 'w').write('x')\n    time.sleep(0.3)\n    return 1",
        files,
        disk=1 << 20,
        disk_entries=10,
    )

    assert client("f") == 1


# ---------------------------------------------------------------- the protocol, attacked from inside


@pytest.mark.parametrize("descriptor", [number for number in range(21) if number != 4])
def test_forged_frames_elsewhere_change_nothing(start: Start, descriptor: int) -> None:
    """A forged reply on any descriptor but that of replies is output, or an error: the real reply is taken."""
    forged = wire.frame(wire.Returned(2, "forged"))
    client = start(
        f"""
        import os
        def f():
            try: os.write({descriptor}, {forged!r})
            except OSError: pass
            return "real"
        """
    )

    assert client("f") == "real"


@pytest.mark.parametrize(
    "forged",
    [
        wire.frame(wire.Returned(99, "forged")),
        wire.frame(wire.Ready()),
        wire.frame(wire.Returned(2, 1)) + wire.frame(wire.Returned(2, 2)),
        b"\xff\xff\xff\xff",
        b"\x05\x00\x00\x00junk!",
        b"A" * 100_000,
        wire.frame(wire.Returned(2, wire.Tensor("bool", (1,), b"\x01"))).replace(b"\xc4\x01\x01", b"\xc4\x02\x01\x01"),
    ],
    ids=["other id", "ready", "two", "length", "junk", "flood", "untrue tensor"],
)
def test_frames_that_break_the_protocol_end_the_worker(start: Start, forged: bytes) -> None:
    """What is no reply to this request, in place of the reply, ends the worker."""
    client = start(f"import os, time\ndef f():\n    os.write(4, {forged!r})\n    time.sleep(9)")

    with pytest.raises((StudentCrashed, wire.WireError), match=r"protocol|bytes do not fill"):
        client("f")


def test_forged_reply_is_no_more_than_a_returned_value(start: Start) -> None:
    """A well-formed forgery gives what returning that value would give; the real reply after it ends the worker."""
    forged = wire.frame(wire.Returned(2, "forged"))
    client = start(f"import os\ndef f():\n    os.write(4, {forged!r})\n    return 'real'")

    said: list[str] = []
    with pytest.raises(StudentCrashed, match="protocol"):
        said.extend(client("f") for _ in range(2))

    assert "real" not in said


def test_slow_frame_is_timed_out(start: Start) -> None:
    """A frame that comes a byte at a time gets no more time than any other answer."""
    client = start(
        """
        import os, time
        def f():
            os.write(4, b"\\x00\\x10\\x00\\x00")
            while True:
                os.write(4, b"x")
                time.sleep(0.01)
        """
    )
    before = time.monotonic()

    with pytest.raises(StudentTimedOut):
        client.ask("f", seconds=0.1)

    assert time.monotonic() - before < 3.0


def test_worker_that_does_not_read_is_timed_out(start: Start) -> None:
    """A request larger than a pipe, to a worker that has stopped reading, does not hold us up."""
    client = start(
        """
        import os, signal, threading
        def f(): threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGSTOP)).start()
        """
    )
    client("f")
    time.sleep(0.2)

    with pytest.raises(StudentTimedOut):
        client.ask("f", bytes(1_000_000), seconds=0.1)


@pytest.mark.parametrize("descriptor", [3, 4])
def test_closed_pipes_end_the_worker(start: Start, descriptor: int) -> None:
    """A worker that closes its end of the wire has ended."""
    client = start(f"import os\ndef f(): os.close({descriptor})\ndef g(): return 1")

    with pytest.raises(StudentCrashed):
        [client.ask(name, seconds=0.2) for name in "fg"]


def test_closed_output_changes_nothing(start: Start) -> None:
    """A submission that closes its standard streams is answered for as before."""
    client = start(
        "import os, sys\ndef f():\n    os.close(1); os.close(2); sys.stdout = None\n    return 1\ndef g(): return 2"
    )

    assert (client("f"), client("g")) == (1, 2)


# ---------------------------------------------------------------- out of the worker


@pytest.mark.parametrize(
    "code",
    [
        "os.fork()",
        "subprocess.run(['true'])",
        "os.setsid()",
        "os.kill(os.getppid(), 0)",
        "os.kill(-1, 9)",
        "open(f'/proc/{os.getppid()}/environ').read()",
        "open('/proc/1/environ').read()",
        "open(SECRET).read()",
        "os.listdir(os.path.dirname(SECRET))",
        "open('/tmp/grade-test-left', 'w')",
        "open('/dev/shm/grade-test-left', 'w')",
        "socket.create_connection(('127.0.0.1', 22), 1)",
        "os.symlink('/etc/passwd', 'link')",
        "os.mkfifo('fifo')",
        "ctypes.CDLL(None, use_errno=True).ptrace(16, os.getppid(), 0, 0) and raise_errno()",
    ],
)
def test_ways_out_are_refused(start: Start, tmp_path: Path, code: str) -> None:
    """A daemon, a signal, another process's memory, the solution, a file or a socket elsewhere: an OSError."""
    secret = tmp_path / "hidden" / "solution.py"
    secret.parent.mkdir(mode=0o700)
    secret.write_text("the solution")
    client = start(
        f"""
        import ctypes, os, socket, subprocess
        SECRET = {str(secret)!r}
        def raise_errno(): raise OSError(ctypes.get_errno(), "refused")
        def f():
            try: {code}
            except OSError: return "refused"
        """
    )

    assert client("f") == "refused"


def test_nothing_of_ours_is_inherited(start: Start) -> None:
    """No variable, argument or descriptor of the grader's is in a worker, not even in what C sees."""
    client = start(
        """
        import ctypes, os, sys
        def f():
            block = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
            seen = []
            while block[len(seen)]: seen.append(block[len(seen)].decode())
            opened = []
            for number in range(256):
                try: os.fstat(number); opened.append(number)
                except OSError: pass
            return [" ".join([*os.environ.values(), *seen]), sys.argv + [a for a in sys.orig_argv if a], opened]
        """
    )

    environment, argv, opened = client("f")

    assert "planted" not in environment
    assert (argv, opened) == (["sub.py"], [0, 1, 2, 3, 4])


def test_new_worker_after_a_crash_knows_nothing_of_the_old(empty: Callable[..., Client]) -> None:
    """What one worker wrote, even over its own file, is gone for the next."""
    source = """
        import os
        def f():
            open("sub.py", "w").write("x = 1")
            os._exit(1)
        def g(): return os.listdir(".")
    """
    files = {"sub.py": textwrap.dedent(source).encode()}
    client = empty(files)
    client.load("sub.py")
    with pytest.raises(StudentCrashed):
        client("f")
    with pytest.raises(StudentCrashed, match="has ended"):
        client("g")

    again = empty(files)

    assert isinstance(again.load("sub.py"), wire.Loaded)
    assert again("g") == ["sub.py"]


def test_files_outside_their_directory_are_refused(nursery_handle: host.NurseryHandle, tmp_path: Path) -> None:
    """A name that leads out of the worker's directory is never written."""
    sandbox = host.Sandbox(nursery_handle, Limits())

    for name in ("../../x", str(tmp_path / "x"), "a/../../x"):
        with pytest.raises(SandboxError, match="outside"):
            sandbox.open({name: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_of_fifty_workers(nursery_handle: host.NurseryHandle) -> None:
    """After fifty workers, half of them crashed, there are as many descriptors, processes and files as before."""
    sandbox = host.Sandbox(nursery_handle, Limits())
    before = (descriptors(), children(nursery_handle.pid), sorted(nursery_handle.scratch_base.iterdir()))
    for number in range(50):
        client = Client(sandbox.open({"sub.py": b"import os\ndef f(): os._exit(3)"}))
        client.load("sub.py")
        if number % 2:
            with pytest.raises(StudentCrashed, match="exit code 3"):
                client("f")
        client.worker.kill()

    after = (descriptors(), children(nursery_handle.pid), sorted(nursery_handle.scratch_base.iterdir()))

    assert after == before


def descriptors() -> int:
    """Count our open descriptors."""
    return len(list(Path("/proc/self/fd").iterdir()))


def children(pid: int) -> str:
    """List the children of a process."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text()


# ---------------------------------------------------------------- the nursery


@pytest.fixture
def own_nursery() -> Iterator[host.NurseryHandle]:
    """Start a nursery that a test may break."""
    nursery.warm(notebooks=False)
    handle = host.start_nursery(host.choose_layers("auto"))
    yield handle
    if handle.scratch_base.exists():
        host.stop_nursery(handle)


def test_stopped_nursery_leaves_nothing(own_nursery: host.NurseryHandle) -> None:
    """With the nursery, its workers and all that they wrote are gone, even while one is busy."""
    client = Client(host.Sandbox(own_nursery, Limits()).open({"sub.py": b"def f():\n    while True: pass"}))
    client.load("sub.py")
    os.write(client.worker._requests, wire.frame(wire.Call(2, wire.Name("f"), (), {})))

    host.stop_nursery(own_nursery)

    assert not own_nursery.scratch_base.exists()
    assert not alive(own_nursery.pid)
    assert not eventually(lambda: alive(client.worker.pid), False)
    with pytest.raises(SandboxError):
        client.worker.kill()


def test_nursery_that_hangs_is_given_up(own_nursery: host.NurseryHandle) -> None:
    """No answer in time is our fault, said once and then at once, never a wait without end."""
    os.kill(own_nursery.pid, signal.SIGSTOP)
    own_nursery.channel.settimeout(0.2)
    sandbox = host.Sandbox(own_nursery, Limits())
    before = descriptors()

    with pytest.raises(SandboxError, match="does not answer"):
        sandbox.open({})
    for _ in range(3):
        with pytest.raises(SandboxError, match="has ended"):
            sandbox.open({})

    assert descriptors() == before - 1  # the channel, closed for good
    host.stop_nursery(own_nursery)


def test_dead_nursery_is_told(own_nursery: host.NurseryHandle) -> None:
    """A worker of a dead nursery, or a new one, is an error of ours."""
    sandbox = host.Sandbox(own_nursery, Limits())
    worker = sandbox.open({})
    os.kill(own_nursery.pid, signal.SIGKILL)
    os.waitpid(own_nursery.pid, 0)
    before = descriptors()

    with pytest.raises(SandboxError, match="has ended"):
        worker.kill()
    with pytest.raises(SandboxError, match="has ended"):
        sandbox.open({})

    assert descriptors() < before


def test_worker_that_does_not_get_ready_is_ours(
    nursery_handle: host.NurseryHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the lockdown takes too long or fails, no student is blamed, and nothing is left."""
    before = (descriptors(), children(nursery_handle.pid))
    monkeypatch.setattr(host, "Budget", lambda _: Budget(1.0, cpu=2.0))
    monkeypatch.setattr("grader.sandbox.process.PERIOD", 0.001)
    monkeypatch.setattr("grader.sandbox.process.WorkerProcess._read", lambda *_: None)  # however quick it is
    with pytest.raises(SandboxError, match="could not be locked down"):
        host.Sandbox(nursery_handle, Limits()).open({})
    monkeypatch.undo()

    monkeypatch.setattr(host.Sandbox, "_scratch", lambda *_: nursery_handle.scratch_base / "missing")
    with pytest.raises(SandboxError, match="could not be locked down"):
        host.Sandbox(nursery_handle, Limits()).open({})

    assert (descriptors(), children(nursery_handle.pid)) == before


def test_clear_outlives_an_owner_that_died_between(own_nursery: host.NurseryHandle) -> None:
    """A job that died after its order and before the answer leaves a nursery that the next job can use."""
    sandbox = host.Sandbox(own_nursery, Limits())
    sandbox.open({})
    own_nursery.channel.send(messages.encode(messages.Clear(3)))  # and nobody takes the answer

    sandbox.clear()

    assert children(own_nursery.pid) == ""
    assert list(own_nursery.scratch_base.iterdir()) == []
    sandbox.open({}).kill()


def alive(pid: int) -> bool:
    """Say whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def eventually(question: Callable[[], bool], wanted: bool) -> bool:
    """Ask again for a second, until the answer is as wanted."""
    end = time.monotonic() + 1
    while (answer := question()) is not wanted and time.monotonic() < end:
        time.sleep(0.01)
    return answer


def test_folders_without_rights_are_removed(in_child: Callable[..., Any]) -> None:
    """What hostile code of our own user made unreadable, or nested thousands deep, is removed all the same."""

    def removed() -> bool:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(65533, 65533, 65533)
            os.setresuid(65533, 65533, 65533)
        import tempfile

        top = Path(tempfile.mkdtemp(prefix="grade-test-", dir="/tmp"))
        (top / "closed" / "below").mkdir(parents=True)
        (top / "closed" / "below" / "file").touch()
        (top / "closed" / "below").chmod(0o000)
        (top / "closed").chmod(0o300)
        os.chdir(top)
        for _ in range(1500):
            Path("d").mkdir()
            os.chdir("d")
        os.chdir("/")
        host.remove_tree(top)
        return not top.exists()

    ended = in_child(removed)

    assert (ended.value, ended.error) == (True, "")
