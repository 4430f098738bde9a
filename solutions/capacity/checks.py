"""Hidden checks of capacity: 40 points, and 5 for the reflection, which a person reads.

Each name is judged by itself, on data and networks of ours. `capacity_study` alone builds on others: a final loss is
right if it is the reference's, or else what the student's own `train` makes of the student's own network; then the
loss of that network has to have gone the way that `train` says, so that invented losses earn nothing.

Figures below were measured on torch 2.13 with 20 seeds or more, on 1 and 2 threads, over seven ways to write the
same training (torch.optim with and without foreach, steps by hand, three formulas for the loss, data by numpy).
"""

from __future__ import annotations

import copy
import itertools
import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np
import torch
from torch import nn

from grader.checks import (
    CheckFailed,
    Draw,
    Figure,
    Line,
    ParameterInfo,
    RemoteModule,
    Sketch,
    StudentFault,
    StudentRaised,
    Submission,
    Within,
    as_figure,
    as_float,
    as_floats,
    as_int,
    as_module,
    as_tensor,
    as_text,
    as_tuple,
    aside,
    assert_close,
    assert_loss_went,
    assert_maps_columns,
    assert_module_gradients,
    assert_parameters,
    assert_trained,
    assert_true,
    assert_unchanged,
    assert_used,
    computes_with_unregistered,
    count_parameters,
    count_words,
    covers,
    declared_default,
    lines_of,
    loss_of,
    manual,
    needs,
    points,
    randomized,
    read_losses,
    shared,
    time_limit,
    trained,
    transplant,
    visibility,
)
from grader.checks.remote import CallResult

# -- NeuralNetFourLayer

REGISTER = "Four nn.Linear, each an attribute of the module (or in an nn.ModuleList or nn.Sequential)."


def four_layers(width: int, act: nn.Module) -> nn.Sequential:
    """Build the network of the task from plain layers."""
    return nn.Sequential(
        nn.Linear(1, width), act, nn.Linear(width, width), act, nn.Linear(width, width), act, nn.Linear(width, 1)
    )


def size_of(width: int) -> int:
    """Count the parameters of the network of the task."""
    return 2 * width * width + 5 * width + 1


@points(1)
def check_neural_net_four_layer_forward(submission: Submission, draw: Draw) -> None:
    """NeuralNetFourLayer maps a batch (B, 1) to (B, 1)."""
    net = as_module(submission.NeuralNetFourLayer(), "NeuralNetFourLayer()")

    assert_maps_columns(net, draw, name="NeuralNetFourLayer")


@points(2)
def check_neural_net_four_layer_parameters(submission: Submission, draw: Draw) -> None:
    """NeuralNetFourLayer() has 251 parameters."""
    net = as_module(submission.NeuralNetFourLayer(), "NeuralNetFourLayer()")

    _assert_network(submission, net, 10, draw, REGISTER)


@points(1)
@visibility("hidden")
def check_neural_net_four_layer_any_width(submission: Submission, draw: Draw) -> None:
    """NeuralNetFourLayer(H) has hidden layers of that width."""
    for width in (draw.integer(3, 9), draw.integer(11, 30)):
        net = as_module(submission.NeuralNetFourLayer(H=width), f"NeuralNetFourLayer(H={width})")

        _assert_network(submission, net, width, draw, f"With H={width}, is H the width of every hidden layer?")


def _assert_network(submission: Submission, net: RemoteModule, width: int, draw: Draw, hint: str) -> None:
    """Assert the sizes of all parameters, and that each is one that the network computes with."""
    found = _parameters(submission, net, {"H": width}, hint)
    assert_used(net, found, draw.tensor(9, 1, low=-3, high=3), draw)


LEVEL_X = torch.linspace(-1, 1, 9).reshape(9, 1)


def _parameters(submission: Submission, net: RemoteModule, settings: dict[str, Any], hint: str) -> list[ParameterInfo]:
    """Assert the sizes of all parameters of a network that was made with these settings.

    Networks with the same parameters, and not the right ones, are told apart by what they compute where all of them
    are one number.
    """
    hides = False

    def unregistered() -> bool:
        nonlocal hides
        other = as_module(submission.NeuralNetFourLayer(**settings), "NeuralNetFourLayer(...)")
        hides = computes_with_unregistered(net, other, LEVEL_X)
        return hides

    try:
        return assert_parameters(
            net, four_layers(settings.get("H", 10), nn.ReLU()), hint=hint, unregistered=unregistered
        )
    except CheckFailed as error:
        with suppress(StudentRaised), aside(submission):
            level = {name: torch.full_like(value, 0.3) for name, value in net.state().items()}
            first, second = net.outputs_with(LEVEL_X, [level, {}])
            # What hangs on weights that are drawn anew, or that are not registered, is no fact.
            if not hides and isinstance(first, torch.Tensor) and torch.equal(first, second):
                error.fact = (error.fact, first.detach())
        raise


def telling_weights(net: nn.Sequential, x: torch.Tensor, draw: Draw) -> nn.Sequential:
    """Fill a net with weights for which it shows wherever an activation is missing, or one too many."""
    act = net[1]
    while True:
        randomized(net, draw.integer(0, 2**31))
        with torch.no_grad():
            net[-1].bias -= net(x).mean()
            right = net(x)
            layers = list(net)
            wrong = [nn.Sequential(*layers[:place], *layers[place + 1 :]) for place in (1, 3, 5)]
            wrong.append(nn.Sequential(*layers, act))
            if isinstance(act, nn.Identity) or all((other(x) - right).abs().max() > 0.02 for other in wrong):
                return net


def _assert_computes(submission: Submission, net: RemoteModule, act: nn.Module, draw: Draw) -> None:
    x = draw.tensor(9, 1, low=-3, high=3)
    reference = telling_weights(four_layers(10, act), x, draw)
    name = type(act).__name__
    hint = f"Linear, {name}, Linear, {name}, Linear, {name}, Linear: the activation three times, none at the end."
    _parameters(submission, net, {"act": act}, REGISTER)
    # Outputs are sums of 10 terms of size 1: rounding is below 2e-6, a wrong activation makes 2e-2 and more.
    transplant(net, reference, x, atol=1e-5, hint=hint)


@points(2)
def check_neural_net_four_layer_computes(submission: Submission, draw: Draw) -> None:
    """NeuralNetFourLayer() computes Linear, ReLU, Linear, ReLU, Linear, ReLU, Linear."""
    net = as_module(submission.NeuralNetFourLayer(), "NeuralNetFourLayer()")

    _assert_computes(submission, net, nn.ReLU(), draw)


@points(2)
@visibility("hidden")
def check_neural_net_four_layer_any_act(submission: Submission, draw: Draw) -> None:
    """NeuralNetFourLayer(act=...) uses the activation that it is given, after each of its three hidden layers."""
    for act in (nn.Tanh(), nn.LeakyReLU(draw.number(0.3, 0.6)), nn.Identity()):
        net = as_module(submission.NeuralNetFourLayer(act=act), f"NeuralNetFourLayer(act={act})")

        _assert_computes(submission, net, act, draw)


@points(2)
@visibility("hidden")
def check_neural_net_four_layer_gradients(submission: Submission, draw: Draw) -> None:
    """Gradients reach every parameter of NeuralNetFourLayer, with the right values."""
    net = as_module(submission.NeuralNetFourLayer(H=8, act=nn.Tanh()), "NeuralNetFourLayer(H=8, act=nn.Tanh())")
    found = net.parameters()
    x = draw.tensor(12, 1, low=-3, high=3)

    deep = len(found) > 2 and any(parameter.count > 1 for parameter in found)
    message = f"NeuralNetFourLayer registers {len(found)} parameters: there are no hidden layers to reach."
    assert_true(deep, message, fact=len(found))
    assert_module_gradients(net, x, draw)
    assert_used(net, found, x, draw)


# -- count_parameters

NUMEL = "p.numel() is how many numbers p holds; sum it over model.parameters()."


@points(1)
def check_count_parameters_of_networks(submission: Submission, draw: Draw) -> None:
    """count_parameters counts the numbers in all weights and biases, as an int."""
    for width in (10, draw.integer(11, 40)):
        found = as_int(submission.count_parameters(four_layers(width, nn.Tanh())), "The count")

        message = f"With H={width} there are {size_of(width)} parameters, but count_parameters says {found}."
        assert_true(found == size_of(width), message, hint=NUMEL)


@points(1)
@visibility("hidden")
def check_count_parameters_trainable(submission: Submission, draw: Draw) -> None:
    """count_parameters counts what is trained alone: no frozen layers, no buffers."""
    width = draw.integer(5, 20)
    frozen = nn.Sequential(nn.Linear(3, width), nn.Tanh(), nn.Linear(width, 1))
    frozen[0].requires_grad_(False)
    models: dict[str, tuple[nn.Module, int]] = {
        f"Linear(3, {width}) frozen, Linear({width}, 1)": (frozen, width + 1),
        f"BatchNorm1d({width}) (its running statistics are buffers)": (nn.BatchNorm1d(width), 2 * width),
        f"Conv1d(2, 3, {width})": (nn.Conv1d(2, 3, width), 6 * width + 3),
    }

    # All are asked before any is judged: together the answers tell what is counted.
    answers = {what: submission.count_parameters(model) for what, (model, _) in models.items()}

    for what, (_, count) in models.items():
        found = as_int(answers[what], "The count")
        message = f"{what}: {count} trainable parameters, but count_parameters says {found}."
        assert_true(found == count, message, hint="A parameter is trained where p.requires_grad is True.")


@points(1)
@visibility("hidden")
def check_count_parameters_shared(submission: Submission, draw: Draw) -> None:
    """count_parameters counts a layer that is used twice once."""
    width = draw.integer(5, 20)
    middle, act = nn.Linear(width, width), nn.Tanh()
    model = nn.Sequential(nn.Linear(1, width), act, middle, act, middle, act, nn.Linear(width, 1))
    count = width * width + 4 * width + 1

    found = as_int(submission.count_parameters(model), "The count")

    message = f"With one layer in two places there are {count} parameters, but count_parameters says {found}."
    assert_true(found == count, message, hint="model.parameters() names each parameter once.")


# -- make_dataset

DATA = "torch.manual_seed(0), x = linspace(0, 2.2, 16) as a column, y = cos(2 pi x) + 0.1 randn_like(x)."
COLUMNS = "reshape(-1, 1) or unsqueeze(1) makes a column; (16,) against (16, 1) broadcasts to (16, 16)."


@points(1)
def check_make_dataset_shapes(submission: Submission) -> None:
    """make_dataset returns x and y of shape (16, 1), in float32."""
    with aside(submission):  # the form alone is judged, whatever the numbers are: a fact tells it
        pair = as_tuple(submission.make_dataset(), "make_dataset()", 2)
    try:
        for name, value in zip(("x", "y"), pair, strict=True):
            values = as_tensor(value, name, shape=(16, 1), dtype=torch.float32, hint=COLUMNS)
            assert_true(bool((values != values[0]).any()), f"{name} holds the same number everywhere.", hint=DATA)
    except CheckFailed as error:
        error.fact = tuple(map(_kind_of, pair))
        raise


def _kind_of(value: Any) -> tuple[str, ...]:
    """Say of what type, shape and dtype a value is."""
    kinds = (getattr(value, name, None) for name in ("shape", "dtype"))
    return (type(value).__name__, *(str(tuple(kind)) if isinstance(kind, tuple) else str(kind) for kind in kinds))


@points(2)
def check_make_dataset_values(submission: Submission, solution: ModuleType) -> None:
    """make_dataset() makes the 16 points of the task, with noise from seed 0."""
    _assert_data(submission.make_dataset(), solution)


@points(1)
@visibility("hidden")
def check_make_dataset_again(submission: Submission, solution: ModuleType) -> None:
    """make_dataset makes the same points each time: it seeds the noise itself."""
    for _ in range(3):
        _assert_data(submission.make_dataset(), solution)


def _assert_data(found: Any, solution: ModuleType) -> None:
    """Compare the values, whatever their shape, which has a check of its own; 1e-5 is rounding of 2 pi x at 2.2."""
    pair = as_tuple(found, "What make_dataset returns", 2)
    wanted_pair = solution.make_dataset()
    y = as_tensor(pair[1], "y").reshape(-1)
    if y.dtype == torch.float64:  # a dtype has a check of its own, and torch draws other noise in float64
        x, noisy = _data_in_float64()
        if y.shape == noisy.shape and torch.allclose(y, noisy, atol=1e-5):
            wanted_pair = x, noisy
    for name, value, wanted in zip(("x", "y"), pair, wanted_pair, strict=True):
        values = as_tensor(value, name).reshape(-1)
        message = f"{name} should hold 16 numbers, but holds {values.numel()}."
        assert_true(values.numel() == 16, message, hint=COLUMNS)
        assert_close(values, wanted.reshape(-1), atol=1e-5, what=name, hint=DATA)


def _data_in_float64() -> tuple[torch.Tensor, torch.Tensor]:
    """Make the points as the task says, but in float64 throughout, as numpy's linspace leads to."""
    stream = torch.Generator().manual_seed(0)
    x = torch.linspace(0, 2.2, 16, dtype=torch.float64)
    return x, torch.cos(2 * torch.pi * x) + 0.1 * torch.randn(16, generator=stream, dtype=torch.float64)


# -- train

LOOP = "In each iteration: the loss on all data, zero_grad, backward, then one step of torch.optim.SGD."
RTOL = 1e-4
"""Right loops differ by 3e-6 after 1250 steps of `calm_run` (measured: 25 draws, eight styles, float64 among them, on
1 thread); half the rate makes a difference of 0.2 within 20 steps, a momentum of 0.1 one of 0.03."""


@dataclass(frozen=True)
class Run:
    """A training, and how it goes with the reference: the loss before each step, and the one after the last."""

    model: nn.Sequential
    x: torch.Tensor
    y: torch.Tensor
    lr: float
    losses: list[float]

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return len(self.losses) - 1

    def call(self, submission: Submission, **changes: float | None) -> CallResult:
        """Train a copy of the model with the student's function; a setting of None is left to its default."""
        settings = {"lr": self.lr, "num_iterations": self.steps, **changes}
        given = {name: value for name, value in settings.items() if value is not None}
        return submission.train.call((self.model, self.x, self.y), given)

    def losses_of(self, submission: Submission, **changes: float | None) -> list[float]:
        """Train and read the losses, which must be those of a training."""
        result = self.call(submission, **changes)
        losses = read_losses(result.value)
        self.assert_told_truly(losses, result, submission, **changes)
        return losses

    def assert_told_truly(
        self, losses: Sequence[float], result: CallResult, submission: Submission, **changes: float | None
    ) -> None:
        """Assert that losses are the reference's, or else that the loss of the model that was given went with them."""
        if len(losses) <= len(self.losses) and _alike(losses, self.likely(losses)):
            return

        def loss_after(steps: int) -> float:
            with aside(submission):
                return self._loss_after(self.call(submission, **{**changes, "num_iterations": steps}))

        assert_loss_went(losses, loss_of(self.model, self.x, self.y), self._loss_after(result), loss_after)

    def _loss_after(self, result: CallResult) -> float:
        after = trained(as_module(result.args[0], "The model").state(), self.model)
        return loss_of(after, self.x, self.y)

    def likely(self, losses: Sequence[float]) -> list[float]:
        """Give the losses that are to be found: from the first, or one step later where each is taken after its step.

        The task asks for a list of losses and does not say when: before each step, after each, or both, all are right.
        """
        late = len(losses) <= self.steps and _alike(losses[:1], self.losses[1:])
        return self.losses[1:] if late else self.losses

    def assert_follows(self, losses: Sequence[float]) -> None:
        """Assert that the losses are the reference's, or say where they part."""
        wanted = self.likely(losses)
        for step, (loss, right) in enumerate(zip(losses, wanted, strict=False)):
            if not abs(loss - right) <= RTOL * right:
                message = f"From the same weights, entry {step} of the losses should be {right:.6g}, but is {loss:.6g}."
                raise CheckFailed(message, hint=LOOP)
        count = f"With num_iterations={self.steps} there should be {self.steps} losses, not {len(losses)}."
        assert_true(len(losses) >= self.steps, count, hint=LOOP)


def _alike(some: Sequence[float], others: Sequence[float], rtol: float = RTOL) -> bool:
    """Compare as far as both go; NaN and Inf are like nothing."""
    pairs = list(zip(some, others, strict=False))
    return bool(pairs) and all(abs(one - two) <= rtol * abs(two) < math.inf for one, two in pairs)


def _run(
    solution: ModuleType, model: nn.Sequential, data: tuple[torch.Tensor, torch.Tensor], lr: float, steps: int
) -> Run:
    x, y = data
    losses = solution.train(copy.deepcopy(model), x, y, lr=lr, num_iterations=steps + 1)
    return Run(model, x, y, lr, losses)


@cache
def calm_run(solution: ModuleType, seed: int, steps: int, lr: float = 0.05) -> Run:
    """Draw a wave, a net and its weights; kept, as it depends on the run's seed alone.

    Measured over 400 draws: the first step lowers the loss by 6 % and more at lr 0.05.
    """
    draw = Draw(seed)
    x = draw.tensor(40, 1, low=-2, high=2)
    y = torch.sin(2 * x) + draw.normal(40, 1, std=0.1) + draw.number(1.0, 1.5)
    model = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1))
    randomized(model, draw.integer(0, 2**31), scale=0.4)
    return _run(solution, model, (x, y), lr, steps)


def _stream(draw: Draw) -> int:
    return draw.integer(0, 2**62)


@points(1)
@time_limit(5)
def check_train_returns_floats(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """train returns a list of Python floats."""
    run = calm_run(solution, _stream(draw), 5)

    result = run.call(submission)

    losses = as_floats(result.value, "the list of losses")
    assert_true(len(losses) > 0, "The list of losses is empty.", hint="Append loss.item() in every iteration.")
    message = f"In {run.steps} iterations the list of losses holds {losses[0]:.4g} alone."
    assert_true(len(set(losses)) > 1, message, hint="Append loss.item() in every iteration.")
    run.assert_told_truly(losses, result, submission)


@points(1)
@time_limit(5)
def check_train_mean_squared_error(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """The losses of train begin with the mean squared error on all data."""
    run = calm_run(solution, _stream(draw), 5)

    losses = run.losses_of(submission)

    found, right = losses[0] if losses else float("nan"), run.likely(losses)[0]
    message = f"The first loss should be {right:.6g}, the mean squared error on all data, but is {found:.6g}."
    assert_true(_alike([found], [right]), message, hint="nn.MSELoss()(model(x), y), recorded before step().")


@points(3)
@time_limit(6)
def check_train_follows_sgd(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """The losses of train are those of full-batch SGD, step by step."""
    # More than a thousand, so that what changes on the way (the optimizer, the rate) shows.
    run = calm_run(solution, _stream(draw), draw.integer(1050, 1250))

    losses = run.losses_of(submission)

    run.assert_follows(losses)


@points(2)
@time_limit(5)
@visibility("hidden")
def check_train_given_model(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """train leaves the trained weights in the model that it was given, whatever model that is."""
    x = draw.normal(90, 3)
    y = (x[:, :1] * x[:, 1:2]).tanh() + 0.5 * x[:, 2:] + 1
    model = nn.Sequential(nn.Linear(3, 8), nn.SiLU(), nn.Linear(8, 1))
    randomized(model, draw.integer(0, 2**31))
    run = _run(solution, model, (x, y), 0.05, 12)

    state = as_module(run.call(submission).args[0], "The model").state()

    after = copy.deepcopy(model)
    solution.train(after, x, y, lr=0.05, num_iterations=12)
    try:
        # Rounding is 1e-6, and one step more or less changes some weight by 1e-3 and more.
        wanted = [{name: value.detach() for name, value in after.named_parameters()}]
        assert_trained(state, model, wanted, atol=5e-5, hint=LOOP)
    except CheckFailed as error:
        error.fact = tuple(state.get(name) for name, _ in model.named_parameters())
        raise


@points(1)
@time_limit(8)
def check_train_learning_rate(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """train steps with the learning rate that it is given."""
    seed, falls = _stream(draw), []

    for lr in (0.002, 0.008):
        losses = calm_run(solution, seed, 3, lr).losses_of(submission)
        assert_true(len(losses) > 1, f"With num_iterations=3 there should be 3 losses, not {len(losses)}.", hint=LOOP)
        message = f"With lr={lr} one step should lower the loss; it was {losses[0]:.4f} and is {losses[1]:.4f}."
        assert_true(losses[1] < losses[0], message, hint=LOOP)
        falls.append(losses[0] - losses[1])

    ratio = falls[1] / falls[0]
    # To first order the loss falls in proportion, for any optimizer; measured with SGD over 400 draws: 3.94 to 3.98.
    assert_true(
        3 <= ratio <= 5,
        "With a learning rate 4 times as large, the first step should lower the loss by about 4 times as much; "
        f"it is {ratio:.2g} times as much.",
        hint="Is `lr` handed on? torch.optim.SGD(model.parameters(), lr=lr)",
    )


@points(1)
@time_limit(5)
@visibility("hidden")
def check_train_num_iterations(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """train takes num_iterations steps, and records a loss for each."""
    for steps in (draw.integer(6, 12), draw.integer(20, 30), 1):
        run = calm_run(solution, _stream(draw), steps)

        losses = run.losses_of(submission)

        # With the loss before the first step and those after each there is one more.
        both_ends = len(losses) == steps + 1 and _alike(losses, run.losses)
        message = f"With num_iterations={steps} there should be {steps} losses, not {len(losses)}."
        assert_true(len(losses) == steps or both_ends, message, hint=LOOP)
        assert_true(steps == 1 or len(set(losses)) > 1, "The loss is the same in every iteration.", hint=LOOP)


@points(1)
@time_limit(5)
@visibility("hidden")
def check_train_defaults(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """train has the defaults lr=0.05 and num_iterations=8000."""
    run = calm_run(solution, _stream(draw), 6)

    given = run.losses_of(submission, lr=0.05)
    with aside(submission):  # what other default there is does not matter
        left_out = run.losses_of(submission, lr=None)

    moves = len(given) > 1 and given[0] != given[1]
    assert_true(moves, "With lr=0.05 one step does not change the loss.", hint=LOOP)
    # The same code with the same number: equal but for rounding. Another rate shows in the second loss.
    same = len(given) == len(left_out) and _alike(given, left_out, 1e-5)
    assert_true(same, "Without `lr`, train does not do what it does with lr=0.05.", fact="lr")
    iterations = declared_default(submission.train, "num_iterations")
    # Nothing is held against a decorator that hides the signature: 8000 iterations would be dear to watch.
    assert_true(iterations in (None, 8000), "num_iterations does not default to 8000.", fact="num_iterations")


# -- capacity_study

Config = dict[str, Any]
Row = dict[str, Any]

BY_SEED = "For each config: torch.manual_seed(0), the data, a new net, train(...); the last entry of its list."
FEW = 15
FINAL_RTOL = 1e-5
"""Of a final loss. Right ways to write the study differ by 1.5e-6 of it after up to 300 iterations, whatever H, act
and lr (20 seeds, 1 and 2 threads); another number of iterations, or other settings, by 1e-4 and more: `_telling`. After
500 iterations ReLU at 0.05 can differ by 6e-3, after 1000 by a factor: those losses are not compared."""
FIGURE_RTOL = 1e-4
"""Of the source's own figure: from seed 0 the seven ways differ by 3e-7 still after 1000 iterations, and by 7e-7
where all weights are off by 1e-7 at first. One iteration more makes a difference of 7e-2, or 6e-4 with the seed
right before the net."""


@dataclass(frozen=True)
class Curve:
    """The losses of one right way to train a configuration; `last` is where the last recorded one stands."""

    losses: list[float]
    last: int


@cache
def _reference(solution: ModuleType, width: int, act: str, lr: float, steps: int) -> tuple[Curve, ...]:
    """Train as the task says, with the net on one stream with the data, and with the seed right before the net."""
    curves = []
    for reseeded in (False, True):
        torch.manual_seed(0)
        x, y = solution.make_dataset()
        if reseeded:
            torch.manual_seed(0)
        net = solution.NeuralNetFourLayer(H=width, act=getattr(nn, act)())
        curves.append(Curve(solution.train(net, x, y, lr=lr, num_iterations=steps + 1), steps - 1))
    return tuple(curves)


def _seeded_states(noise: torch.dtype = torch.float32) -> list[torch.Tensor]:
    """Give torch's random state after `manual_seed(0)`, and when the noise of the data has been drawn from there."""
    stream = torch.Generator().manual_seed(0)
    states = [stream.get_state()]
    torch.randn(16, 1, generator=stream, dtype=noise)
    return [*states, stream.get_state()]


def _own_net(submission: Submission, config: Config, state: torch.Tensor) -> RemoteModule:
    """Make the student's network where torch's random stream is in this state."""
    settings = {"H": config["H"], "act": config["act"]}
    net = submission.NeuralNetFourLayer.operate("call_from", random_state=state, kwargs=settings)
    return as_module(net, "NeuralNetFourLayer(H, act)")


def _own_curves(submission: Submission, solution: ModuleType, config: Config, steps: int) -> Iterator[Curve]:
    """Train the student's network by the student's `train`, which may be wrong, but has to be a training."""
    data = solution.make_dataset()
    runs = [(state, data) for state in _seeded_states()]
    with suppress(StudentRaised, CheckFailed), aside(submission):
        x, y = as_tuple(submission.make_dataset(), "make_dataset()", 2)
        noise = torch.float64 if as_tensor(y, "y").dtype == torch.float64 else torch.float32
        # The study may mend the form of the data, which has cost its point there, before it trains on them.
        own = _as_column(as_tensor(x, "x")), _as_column(as_tensor(y, "y"))
        if not all(map(torch.equal, own, data)):
            runs += [(state, own) for state in _seeded_states(noise)]
    for state, (x, y) in runs:
        with suppress(StudentRaised, CheckFailed):
            yield _own_curve(submission, solution, config, steps, state, x, y)


def _as_column(values: torch.Tensor) -> torch.Tensor:
    return values.float().reshape(16, 1) if values.numel() == 16 else values.float()


def _own_curve(
    submission: Submission,
    solution: ModuleType,
    config: Config,
    steps: int,
    state: torch.Tensor,
    x: torch.Tensor,
    y: torch.Tensor,
) -> Curve:
    with aside(submission):
        before, losses, after = _own_training(submission, config, steps, state, x, y)
        assert_loss_went(losses, before, after, lambda count: _own_training(submission, config, count, state, x, y)[2])
        # A dead network stands still, and says so; but it takes a train that moves others.
        still = len(set(losses)) == 1 and _alike(losses, [before]) and _trains(submission, solution)
        assert_true(len(set(losses)) > 1 or still, "The loss is the same in every iteration.")
        return Curve(losses, len(losses) - 1)


def _own_training(
    submission: Submission, config: Config, steps: int, state: torch.Tensor, x: torch.Tensor, y: torch.Tensor
) -> tuple[float, list[float], float]:
    """Train the student's network from a random state; give its loss before, the losses told, its loss after."""
    net = _own_net(submission, config, state)
    before = _error(net, x, y)
    settings = {"lr": config["lr"], "num_iterations": steps}
    losses = read_losses(submission.train.call((net, x, y), settings).value)
    return before, losses, _error(net, x, y)


def _trains(submission: Submission, solution: ModuleType) -> bool:
    losses = calm_run(solution, 0, 3).losses_of(submission)
    return len(set(losses)) > 1


def _error(net: RemoteModule, x: torch.Tensor, y: torch.Tensor) -> float:
    return nn.functional.mse_loss(as_tensor(net(x), "The output", shape=y.shape), y).item()


def _curves(submission: Submission, solution: ModuleType, config: Config, steps: int) -> Iterator[Curve]:
    yield from _reference(solution, config["H"], type(config["act"]).__name__, config["lr"], steps)
    yield from _own_curves(submission, solution, config, steps)


def _rows(submission: Submission, configs: list[Config], steps: int) -> list[Row]:
    """Call the study and expect a dict for each configuration."""
    with aside(submission):  # where a seed is set, and in which order layers are made, is free: facts tell more
        found = submission.capacity_study([dict(config) for config in configs], num_iterations=steps)
    return _as_rows(found, len(configs))


def _as_rows(found: Any, count: int) -> list[Row]:
    hint = "One dict for each config, in a list."
    message = "What capacity_study returns should be a list of dicts, but is one dict."
    one = isinstance(found, dict)
    assert_true(not one, message, hint=hint, fact=("dict", one and "final_loss" in found))
    rows = as_tuple(found, "What capacity_study returns", count, hint=hint)
    for row in rows:
        message = "capacity_study should return a list of dicts."
        assert_true(isinstance(row, dict), message, fact=("row", type(row).__name__))
    return list(rows)


def _order(rows: list[Row], configs: list[Config]) -> str | tuple[int, ...]:
    """Say of which config each row holds the settings, by its place, or -1 of none."""
    known = [(config["H"], config["lr"]) for config in configs]
    found = [(row.get("H"), row.get("lr")) for row in rows]
    places = tuple(known.index(one) if one in known else -1 for one in found)
    return "in another order" if sorted(places) == list(range(len(configs))) else places


def _final_loss(row: Row) -> float:
    assert_true("final_loss" in row, "A dict has no entry 'final_loss'.", hint=BY_SEED, fact="no final_loss")
    value = row["final_loss"]
    if isinstance(value, torch.Tensor) and value.numel() == 1:  # that it is no float is for one check to say
        value = value.item()
    return as_float(value, "final_loss")


def _assert_studied(submission: Submission, solution: ModuleType, configs: list[Config], rows: list[Row]) -> None:
    """Assert that final losses are not made up: one at least is some loss of a training, or a mean of its last ones.

    Whether it is the right loss, of a training with the right settings, is for other checks to say.
    """
    finals = torch.tensor([_final_loss(row) for row in rows], dtype=torch.float64)
    for config in configs:
        settings = itertools.product((config["H"], 10), (config["act"], nn.ReLU()), (config["lr"], 0.05))
        for width, act, lr in settings:
            for curve in _curves(submission, solution, {"H": width, "act": act, "lr": lr}, FEW):
                told = torch.tensor(curve.losses, dtype=torch.float64)  # up to a hundred thousand
                told = torch.cat([told, _means_of_last(told[: curve.last + 1])])
                told = told[told.isfinite()]
                if bool(((finals[:, None] - told).abs() <= FINAL_RTOL * told.abs()).any()):
                    return
    raise CheckFailed(f"None of the final losses {finals.tolist()} is a loss of a training.", hint=BY_SEED)


def _means_of_last(losses: torch.Tensor) -> torch.Tensor:
    """Give the mean of the last loss, of the last two, and so on."""
    return losses.flip(0).cumsum(0) / torch.arange(1, len(losses) + 1)


def _assert_final(
    submission: Submission, solution: ModuleType, config: Config, row: Row, steps: int, rtol: float = FINAL_RTOL
) -> None:
    """Assert that a final loss is the last that was recorded."""
    final, curves = _final_loss(row), []
    for curve in _curves(submission, solution, config, steps):
        if _alike([final], [curve.losses[curve.last]], rtol):
            return
        curves.append(curve)
    where = f"With H={config['H']}, act={config['act']}, lr={config['lr']:g}, num_iterations={steps}"
    one, other = (curve.losses[curve.last] for curve in curves[:2])
    wanted = f"{one:.6g} (or {other:.6g}, with the seed right before the net)"
    message = f"{where}, final_loss should be {wanted}, but is {final:.6g}."
    raise CheckFailed(message, hint=BY_SEED, fact=_place(submission, solution, final, curves, rtol))


def _place(
    submission: Submission, solution: ModuleType, final: float, curves: Sequence[Curve], rtol: float
) -> str | None:
    """Say which of the losses of a right training a final loss is, if it is one; a train that is none tells nothing."""
    with suppress(StudentFault, CheckFailed), aside(submission):
        if not _trains(submission, solution):
            return None
        for curve in curves:
            told, after = curve.losses[: curve.last + 1], curve.losses[curve.last + 1 :]
            places = {"first": told[:1], "after the last step": after, "one before": told[-2:-1], "lowest": [min(told)]}
            for place, losses in places.items():
                if _alike([final], losses, rtol):
                    return place
    return None


def _depends(submission: Submission, config: Config, steps: int) -> str | tuple[bool, ...] | None:
    """Say on what the final loss of the student's study depends: "varies", "steps" if not on those, or H, act and lr.

    None where it depends on all of them, as it should, or where a study fails that is asked for this alone.
    """

    def final(settings: Config, count: int) -> float:
        return _final_loss(_rows(submission, [{**config, **settings}], count)[0])

    other_act = nn.Sigmoid() if isinstance(config["act"], nn.Tanh) else nn.Tanh()
    others: list[Config] = [{"H": config["H"] + 3}, {"act": other_act}, {"lr": config["lr"] / 2}]
    with suppress(StudentFault, CheckFailed), aside(submission):
        first = final({}, steps)
        if not _alike([final({}, steps)], [first], FINAL_RTOL):
            return "varies"
        if _alike([final({}, steps + 3)], [first], FINAL_RTOL):  # then it may take thousands: nothing more is asked
            return "steps"
        depends = tuple(not _alike([final(settings, steps)], [first], FINAL_RTOL) for settings in others)
        return None if all(depends) else depends
    return None


def _config(draw: Draw, act: nn.Module) -> Config:
    """Draw a configuration; all of them are calm for 300 iterations and more."""
    return {"H": draw.integer(4, 14), "act": act, "lr": round(draw.number(0.02, 0.08), 4)}


def _telling(draw: Draw, solution: ModuleType, act: nn.Module, steps: int) -> Config:
    """Draw a configuration for which another number of iterations, rate, width or activation shows in the loss."""
    while True:
        config = _config(draw, act)
        width, name, lr = config["H"], type(act).__name__, config["lr"]
        settings = ((10, name, lr), (width, "ReLU", lr), (width, name, 0.05), (width, name, lr))
        *others, own = (_reference(solution, *setting, steps) for setting in settings)
        lasts = [curve.losses[steps - 1] for curve in own]
        wrong = [curve.losses[place] for curve in own for place in (0, steps - 2, steps)]
        wrong += [curve.losses[steps - 1] for other in others if other != own for curve in other]
        if not any(_alike([last], [loss], 1e-4) for last in lasts for loss in wrong):
            return config


@points(1)
@time_limit(8)
def check_capacity_study_rows(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """capacity_study returns a dict for each config, in order, with its H, act and lr."""
    configs = [_config(draw, act) for act in (nn.Tanh(), nn.ReLU(), nn.Sigmoid())]
    x = draw.tensor(5, low=-2, high=2)

    rows = _rows(submission, configs, FEW)

    for place, (config, row) in enumerate(zip(configs, rows, strict=True)):
        missing = tuple(key for key in ("H", "act", "lr") if key not in row)
        message = f"Dict {place} has no entry {', '.join(map(repr, missing))}."
        assert_true(not missing, message, hint="Start from a copy: dict(config).", fact=missing)
        as_int(row["H"], "H")
        for key in ("H", "lr"):
            message = f"Dict {place} should have {key}={config[key]}, as in the config, but has {row[key]}."
            assert_true(as_float(row[key], key) == config[key], message, fact=_order(rows, configs))
        act = as_module(row["act"], "act", hint="Keep the activation itself, as it is in the config.")
        assert_close(act(x), config["act"](x), atol=1e-6, what=f"What act of dict {place} computes")
    _assert_studied(submission, solution, configs, rows)


@points(1)
@time_limit(8)
def check_capacity_study_num_parameters(submission: Submission, draw: Draw) -> None:
    """num_parameters is the number of parameters of the net that was trained."""
    acts = (nn.Tanh(), nn.ReLU())
    configs = [{**_config(draw, act), "H": width} for act, width in zip(acts, (draw.integer(4, 9), 10), strict=True)]

    rows = _rows(submission, configs, 3)

    found, right = [], True
    for config, row in zip(configs, rows, strict=True):
        assert_true("num_parameters" in row, "A dict has no entry 'num_parameters'.", fact="no num_parameters")
        found.append(_count(row["num_parameters"]))
        right = right and (found[-1] == size_of(config["H"]) or found[-1] in _own_counts(submission, config))
    wanted = [size_of(config["H"]) for config in configs]
    message = f"For H={configs[0]['H']} and H={configs[1]['H']}, num_parameters should be {wanted}, but is {found}."
    hint = "count_parameters(model), of each new model."
    assert_true(right and found[0] != found[1], message, hint=hint, fact=tuple(found))


def _count(value: Any) -> int:
    """Read a count; one that count_parameters returned in a tensor has cost its point there."""
    if isinstance(value, torch.Tensor) and value.numel() == 1:
        value = int(value.item())
    return as_int(value, "num_parameters")


def _own_counts(submission: Submission, config: Config) -> list[int]:
    """Count the student's own network, and ask the student's count_parameters, either of which may be wrong."""
    counts = []
    with suppress(StudentRaised, CheckFailed), aside(submission):
        net = _own_net(submission, config, _seeded_states()[0])
        counts.append(count_parameters(net.parameters()))
        counts.append(_count(submission.count_parameters(net)))
    return counts


@points(2)
@time_limit(8)
def check_capacity_study_final_loss(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """final_loss is the last recorded loss of a run that starts from torch.manual_seed(0)."""
    for act in (nn.ReLU(), nn.Tanh()):
        steps = draw.integer(10, 25)
        config = _telling(draw, solution, act, steps)

        row = _rows(submission, [config], steps)[0]

        try:
            _assert_final(submission, solution, config, row, steps)
        except CheckFailed as error:
            error.fact = error.fact or _depends(submission, config, steps)
            raise
        if _gives_floats(submission, solution, draw):
            as_float(row["final_loss"], "final_loss")


def _gives_floats(submission: Submission, solution: ModuleType, draw: Draw) -> bool:
    """Whether the student's train gives floats; where it does not, that has cost its point there."""
    with suppress(StudentRaised, CheckFailed), aside(submission):
        as_floats(calm_run(solution, _stream(draw), 3).call(submission).value, "the list of losses")
        return True
    return False


@points(1)
@time_limit(12)
@covers("capacity_study")
def check_capacity_study_source_figure(submission: Submission, solution: ModuleType) -> None:
    """With H=10, ReLU and lr=0.05 the loss is 0.297972 after 1000 iterations, as in the source."""
    config = {"H": 10, "act": nn.ReLU(), "lr": 0.05}

    row = _rows(submission, [config], 1000)[0]

    # 0.337332 where the seed is set right before the net. What follows is chaotic and is not compared.
    _assert_final(submission, solution, config, row, 1000, FIGURE_RTOL)


@points(1)
@time_limit(8)
@visibility("hidden")
def check_capacity_study_each_from_seed(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """In capacity_study no run depends on those before it, and each takes num_iterations steps, 2000 by default."""
    steps = draw.integer(10, 25)
    one, other = (_telling(draw, solution, act, steps) for act in (nn.Tanh(), nn.LeakyReLU()))
    configs = [one, other, one, other]

    rows = _rows(submission, configs, steps)

    wrong: dict[int, CheckFailed] = {}
    for place, (config, row) in enumerate(zip(configs, rows, strict=True)):
        try:
            _assert_final(submission, solution, config, row, steps)
        except CheckFailed as error:
            wrong[place] = error
    for place, first in wrong.items():
        # One loss may be another by chance, where they hardly change any more; both of them hardly ever are.
        agreed = first.fact if len({error.fact for error in wrong.values()}) == 1 else None
        if all(math.isfinite(_final_loss(row)) for row in rows):  # what has diverged tells nothing of how
            first.fact = (tuple(wrong), agreed or _depends(submission, configs[place], steps))
        raise first
    iterations = declared_default(submission.capacity_study, "num_iterations")
    message = "num_iterations of capacity_study does not default to 2000."
    assert_true(iterations in (None, 2000), message, fact="num_iterations")


@points(1)
@time_limit(8)
@visibility("hidden")
def check_capacity_study_leaves_configs(submission: Submission, solution: ModuleType, draw: Draw) -> None:
    """capacity_study leaves the configs that it is given as they are."""
    configs = [_config(draw, act) for act in (nn.Tanh(), nn.ReLU())]

    with aside(submission):
        result = submission.capacity_study.call(([dict(config) for config in configs],), {"num_iterations": FEW})

    _assert_studied(submission, solution, configs, _as_rows(result.value, 2))
    hint = "Put the results into a new dict: {**config, 'final_loss': ...}."
    after = result.args[0]
    whole = isinstance(after, list) and len(after) == 2
    assert_true(whole, "The list of configs has changed.", hint=hint, fact="list")
    for config, found in zip(configs, after, strict=True):
        kept = isinstance(found, dict) and list(found) == list(config)
        kept = kept and all(found[key] == config[key] for key in ("H", "lr")) and isinstance(found["act"], RemoteModule)
        message = "A config has changed: the dicts belong to the caller."
        left = found if isinstance(found, dict) else {}
        assert_true(kept, message, hint=hint, fact=(all(key in left for key in config), "final_loss" in left))


# -- plot_fit

GRID = "grid = torch.linspace(x.min(), x.max(), 200).reshape(-1, 1), and the model on it under torch.no_grad()."
SPAN = 0.015
"""Of the data's range may be left free at each end: arange with 100 steps leaves 1 %."""
FIT_ATOL = 1e-4
"""Values are of size 1, slopes below 10: rounding is 1e-6; another curve is off by 1e-2 and more."""


@dataclass(frozen=True)
class Fit:
    """A model, data, the figure that was drawn of them, and the three afterwards."""

    model: nn.Sequential
    x: torch.Tensor
    y: torch.Tensor
    figure: Figure
    weights: dict[str, torch.Tensor]
    data: tuple[Any, Any]

    def shows(self, line: Line, model: nn.Sequential) -> bool:
        """Whether a line shows what a model gives at its points."""
        with torch.no_grad():
            values = model(line.x.float().reshape(-1, 1)).reshape(-1).double()
        return bool(((line.y - values).abs() <= FIT_ATOL).all())

    def spans(self, line: Line) -> bool:
        """Whether a line goes from one end of the data to the other."""
        low, high = self.x.min().item(), self.x.max().item()
        room = SPAN * (high - low)
        return line.x.numel() > 1 and line.x.min().item() <= low + room and line.x.max().item() >= high - room

    def joins_data(self, line: Line) -> bool:
        """Whether a line goes through each point of the data."""
        return bool(_among(torch.cat([self.x, self.y], dim=1).double(), line.points).all())

    def assert_points(self) -> None:
        """Assert that each point of the data is drawn as a point, by scatter or by markers without a line."""
        drawn = [points.offsets for axes in self.figure.axes for points in axes.points]
        marked = [line for line in self.figure.lines if line.data_space and _only_markers(line)]
        seen = torch.cat([torch.empty(0, 2, dtype=torch.float64), *drawn, *(line.points for line in marked)])
        wanted = torch.cat([self.x, self.y], dim=1).double()
        found = _among(wanted, seen)
        if not bool(found.all()):
            message = f"{int((~found).sum())} of the {len(wanted)} points of the data are not drawn as points."
            joined = any(self.joins_data(line) for line in lines_of(self.figure))
            exchanged = bool(_among(wanted.flip(1), seen).all())
            apart = [bool(_among(wanted * axis, seen * axis).all()) for axis in torch.eye(2)]
            fact = (int(found.sum()), exchanged, joined, *apart)
            raise CheckFailed(message, hint='ax.scatter(x, y), or ax.plot(x, y, "o").', fact=fact)

    def assert_line(self) -> None:
        """Assert that some line has 100 points and spans the data."""
        lines = lines_of(self.figure)
        spanning = [line for line in lines if self.spans(line)]
        most = max((line.x.numel() for line in spanning), default=0)
        if most >= 100:
            return
        kind = "few points" if spanning else "too short" if lines else "no line"
        message = f"the longest that spans the data has {most}" if spanning else f"of {len(lines)} none spans the data"
        shows = any(self.shows(line, self.model) for line in spanning)
        message = f"There should be a line of at least 100 points: {message}."
        raise CheckFailed(message, hint=GRID, fact=(kind, shows))

    def draw_on(self, sketch: Sketch) -> None:
        """Draw the student's longest line over the data, beside what the model gives."""
        grid = torch.linspace(float(self.x.min()), float(self.x.max()), 200).reshape(-1, 1)
        longest = max(lines_of(self.figure), key=lambda line: line.x.numel(), default=None)
        if longest is not None:
            with torch.no_grad():
                sketch.fit(
                    "What plot_fit draws for a model of ours",
                    data=(self.x, self.y),
                    student={"your line": (longest.x, longest.y)},
                    reference=(grid, self.model(grid)),
                )

    def assert_values(self) -> None:
        """Assert that some line shows what the model gives, wherever its points lie."""
        lines = [line for line in lines_of(self.figure) if line.x.numel() >= 10]
        right = [line for line in lines if self.shows(line, self.model)]
        wide = [line for line in right if line.x.max() - line.x.min() >= 0.5 * (self.x.max() - self.x.min())]
        if not wide:
            message = f"None of the {len(lines)} lines shows what the model gives at its points."
            after = trained(self.weights, self.model)
            if any(self.shows(line, after) for line in lines):
                raise CheckFailed(message, hint="Draw the model as it is given.", fact="the model after it was changed")
            # Only a few are read: each is compared with each, and how many there are is the student's choice.
            shown = [_at_common_places(line) for line in lines[:20] if not self.joins_data(line)]
            fact = (bool(lines_of(self.figure)), *(Within(face, 0.05, 0.02) for face in _different(shown)))
            raise CheckFailed(message, hint="The y of the line is model(grid), at the very grid.", fact=fact)


def _among(wanted: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
    """Say of each point whether it is among others: float32 up to 4, perhaps after a detour over another dtype."""
    return ((wanted[:, None] - seen[None]).abs() <= 1e-5).all(2).any(1)


def _only_markers(line: Line) -> bool:
    return line.linestyle in ("None", "none", " ", "") and line.marker not in ("None", "none", " ", "")


def _at_common_places(line: Line) -> torch.Tensor:
    """Give the ends of a line and its height at five places between them, so that other grids can be compared."""
    x, order = line.x.sort()
    places = np.linspace(0.1, 0.9, 5) * (x[-1] - x[0]).item() + x[0].item()
    return torch.tensor([x[0], x[-1], *np.interp(places, x.numpy(), line.y[order].numpy())])


def _different(faces: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    """Drop what stands there twice, and put the rest in order."""
    different: list[torch.Tensor] = []
    for face in faces:
        if not any(torch.allclose(face, other, 1e-3, 1e-3, equal_nan=True) for other in different):
            different.append(face)
    return sorted(different, key=torch.Tensor.tolist)


def _fit(submission: Submission, x: torch.Tensor, y: torch.Tensor, draw: Draw) -> Fit:
    """Let the student draw; a wavy model of ours, so that no straight line and no fit to the data passes for it."""
    model = nn.Sequential(nn.Linear(1, 12), nn.Tanh(), nn.Linear(12, 12), nn.Tanh(), nn.Linear(12, 1))
    randomized(model, draw.integer(0, 2**31), scale=1.2)
    while _reaches_across(model, x):  # then a line with x and y exchanged would span the data too
        randomized(model, draw.integer(0, 2**31), scale=1.2)
    result = submission.plot_fit.call((model, x, y))
    hint = "Make it with fig, ax = plt.subplots(), draw on ax, and end with return fig."
    figure = as_figure(result.value, "What plot_fit(...) returns", images=False, hint=hint)
    weights = as_module(result.args[0], "The model").state()
    return Fit(model, x, y, figure, weights, (result.args[1], result.args[2]))


def _reaches_across(model: nn.Sequential, x: torch.Tensor) -> bool:
    """Whether what a model gives, taken for x, goes from one end of the data to the other, or nearly."""
    low, high = float(x.min()), float(x.max())
    with torch.no_grad():
        values = model(torch.linspace(low, high, 100).reshape(-1, 1))
    slack = 0.2 * (high - low)
    return float(values.min()) < low + slack and float(values.max()) > high - slack


@shared(10)
def fit(submission: Submission, solution: ModuleType, shared_draw: Draw) -> Fit:
    """Plot once, on the data of the task, for all checks."""
    x, y = solution.make_dataset()
    return _fit(submission, x, y, shared_draw)


@points(1)
@covers("plot_fit")
def check_plot_fit_points(fit: Fit) -> None:
    """plot_fit returns a Figure with the data as points."""
    fit.assert_points()


@points(1)
@covers("plot_fit")
def check_plot_fit_line(fit: Fit) -> None:
    """plot_fit draws a line over at least 100 points that span the data."""
    fit.assert_line()


@points(1)
@covers("plot_fit")
def check_plot_fit_values(fit: Fit, sketch: Sketch) -> None:
    """The line of plot_fit shows what the model gives."""
    fit.draw_on(sketch)

    fit.assert_values()


@points(1)
@visibility("hidden")
def check_plot_fit_any_data(submission: Submission, draw: Draw) -> None:
    """plot_fit draws any data and any model, in whatever order the points come."""
    x = draw.tensor(23, 1, low=-1.5, high=draw.number(0.5, 3.5))
    found = _fit(submission, x, draw.normal(23, 1), draw)

    found.assert_points()
    found.assert_line()
    found.assert_values()


@points(1)
@covers("plot_fit")
@needs(check_plot_fit_values)
@visibility("hidden")
def check_plot_fit_leaves_inputs(fit: Fit) -> None:
    """plot_fit changes neither the model nor the data."""
    before = dict(fit.model.named_parameters())
    kept = fit.weights.keys() == before.keys() and all(torch.equal(fit.weights[name], before[name]) for name in before)
    if not kept:
        hint = "Call the model, and nothing else."
        raise CheckFailed("plot_fit changes the weights of the model.", hint=hint, fact="weights")
    try:
        assert_unchanged(fit.data, [fit.x, fit.y], "plot_fit")
    except CheckFailed as error:
        error.fact = "data"
        raise


# -- reflection

LEAST_WORDS, LEAST_DIFFERENT = 100, 30
"""A text of 100 words has 50 different ones and more; 150 Chinese characters are 60 different ones and more."""


@points(1)
def check_reflection_length(submission: Submission) -> None:
    """reflection is a text of at least 100 words, in any language."""
    text = as_text(submission.value("reflection"), "reflection", hint='reflection = """...""" at the top level.')

    words = count_words(text)

    message = f"reflection should have at least {LEAST_WORDS} words, but has {words.total}."
    hint = "What did under- and overfitting look like in your runs?"
    assert_true(words.total >= LEAST_WORDS, message, hint=hint, fact="short" if words.total else "empty")
    message = f"reflection has {words.total} words, but only {words.different} different ones."
    hint = "A text, not a word many times over."
    assert_true(words.different >= LEAST_DIFFERENT, message, hint=hint, fact="repeats")


@points(5)
@manual
@covers("reflection")
def check_reflection_content() -> None:
    """The reflection tells under- from overfitting by what was seen in the runs; a person reads it."""
