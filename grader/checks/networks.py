"""Checks on networks: their parameters, what they compute with given weights, how they are trained."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from grader.checks.assertions import as_floats, as_tensor
from grader.checks.draw import Draw
from grader.checks.facts import AnyOf
from grader.checks.remote import ParameterInfo, RemoteModule
from grader.errors import CheckFailed, StudentRaised

_MOST_ATTEMPTS = 300
REGISTER = "Layers must be attributes of the module (or in an nn.ModuleList or nn.Sequential)."
_MOST_NUMBERS = 2_000_000
"""Numbers that go to the worker in one request."""


@dataclass(frozen=True)
class Target:
    """Where a parameter of the reference goes: the student's name for it, its shape, transposed or not."""

    name: str
    shape: tuple[int, ...]
    transposed: bool

    def form(self, weight: torch.Tensor) -> torch.Tensor:
        """Give a reference weight the form of the student's parameter."""
        return (weight.T if self.transposed else weight).reshape(self.shape).contiguous()


@dataclass(frozen=True)
class Transplant:
    """A way to put the reference's weights into the student's network: by reference name."""

    targets: dict[str, Target]

    def weights(self, reference: nn.Module) -> dict[str, torch.Tensor]:
        """Give the reference's weights by the student's names."""
        given = dict(reference.named_parameters())
        return {target.name: target.form(given[name].detach()) for name, target in self.targets.items()}

    def load(self, module: RemoteModule, reference: nn.Module) -> None:
        """Write the reference's weights into the student's network."""
        module.load(self.weights(reference))


def count_parameters(parameters: Sequence[ParameterInfo]) -> int:
    """Count the trainable numbers, those that share memory once."""
    trained = {p.storage: p.count for p in parameters if p.requires_grad}
    return sum(trained.values())


def randomized(reference: nn.Module, seed: int, scale: float = 0.7) -> nn.Module:
    """Fill a reference network with random weights, biases too, so that each of them shows in the output."""
    stream = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in reference.parameters():
            parameter.copy_((torch.rand(parameter.shape, generator=stream) * 2 - 1) * scale)
    return reference


def assert_parameters(
    module: RemoteModule, reference: nn.Module, *, hint: str | None = None, unregistered: Callable[[], bool] = bool
) -> list[ParameterInfo]:
    """Assert that the student's network registers trainable parameters of the reference's sizes, and no others.

    `unregistered` says whether it computes with weights that it does not register; it is asked where some are missing.
    """
    found = module.parameters()
    frozen = [p.name for p in found if not p.requires_grad]
    if frozen:
        fact = ("frozen", forms_of(p.shape for p in found if not p.requires_grad))
        raise CheckFailed(f"The parameter `{frozen[0]}` is not trainable.", hint=hint, fact=fact)
    wanted = forms_of(tuple(p.shape) for p in reference.parameters())
    registered = forms_of(p.shape for p in found)
    if registered != wanted:
        expected = sum(p.numel() for p in reference.parameters())
        hides = unregistered()
        raise CheckFailed(
            f"The network should have {expected} parameters in {len(wanted)} tensors, but it registers "
            f"{count_parameters(found)} in {len(found)}: {_listing(found)}."
            f"{' Its output depends on weights that are not registered.' if hides else ''}",
            hint=hint or REGISTER,
            fact=(registered, hides),
        )
    return found


def computes_with_unregistered(one: RemoteModule, other: RemoteModule, x: torch.Tensor) -> bool:
    """Say whether two networks, made alike, differ on `x` where all that they register is equal."""
    outputs = []
    for module in (one, other):
        # Of one number throughout, so that neither names nor order nor orientation matter.
        level = {name: torch.full_like(value, 0.1) for name, value in module.state().items()}
        try:
            outputs.append(module.outputs_with(x, [level])[0])
        except StudentRaised:  # that forward does not work is for another check to say
            return False
    tensors = [output.detach() for output in outputs if isinstance(output, torch.Tensor)]
    return len(tensors) == 2 and not torch.equal(*tensors)


def assert_used(module: RemoteModule, parameters: Sequence[ParameterInfo], x: torch.Tensor, draw: Draw) -> None:
    """Assert that the output depends on `x`, and on every parameter: not on its sum, but on what stands where.

    Otherwise a list of parameters that nothing is computed with, or that is made up, would be as good as a network.
    """
    left = {parameter.name: parameter for parameter in parameters}
    for _ in range(_TRIES):
        drawn = {name: draw.tensor(*p.shape, low=-0.5, high=0.5) for name, p in left.items()}
        settings, put_back = [drawn], dict[str, torch.Tensor]()
        for name, value in drawn.items():
            settings.append({**put_back, name: _moved(value, draw)})
            put_back = {name: value}
        outputs = [as_tensor(output, "The output of the network") for output in module.outputs_with(x, settings)]
        first = outputs[0].reshape(-1)
        for name, output in zip(drawn, outputs[1:], strict=True):
            if output.numel() == first.numel() and bool(((output.reshape(-1) - first).abs() > 1e-6).any()):
                del left[name]
        if not left and bool(((first - first[:1]).abs() > 1e-6).any()):  # NaN is above nothing
            return
    wrong = f"on the parameter `{next(iter(left))}`" if left else "on its input"
    message = f"The output of the network does not depend {wrong}."
    unused = forms_of(parameter.shape for parameter in left.values())
    raise CheckFailed(message, hint="Does forward use every layer?", fact=unused)


_TRIES = 3
"""Where a ReLU is shut for all inputs, other weights open it."""


def _moved(value: torch.Tensor, draw: Draw) -> torch.Tensor:
    """Put the numbers of a tensor into other places."""
    if value.numel() < 2:
        return value + 1
    return value.reshape(-1).roll(draw.integer(1, value.numel() - 1)).reshape(value.shape)


def _listing(parameters: Sequence[ParameterInfo]) -> str:
    if not parameters:
        return "none at all"
    shown = ", ".join(f"{p.name} {p.shape}" for p in parameters[:8])
    return f"`{shown}{', …' if len(parameters) > 8 else ''}`"


def forms_of(shapes: Iterable[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """Say what parameters there are, whatever their names, order and orientation."""
    return tuple(sorted(map(_key, shapes)))


def transplant(
    module: RemoteModule,
    reference: nn.Module,
    x: torch.Tensor,
    *,
    atol: float,
    hint: str | None = None,
    known: Mapping[str, nn.Module] | None = None,
    unregistered: Callable[[], bool] = bool,
) -> Transplant:
    """Assert that, with the reference's weights, the student's network computes what the reference does on `x`.

    Names, order and orientation of the parameters are free: every assignment that the shapes allow is tried,
    the likeliest first. With random weights an agreement cannot be chance. Call `randomized` before.
    `known` names wrong networks of the reference's weights, so that what is wrong can be told at any depth.
    """
    found = assert_parameters(module, reference, unregistered=unregistered)
    with torch.no_grad():
        expected = reference(x)
    attempts = [Transplant(targets) for targets in itertools.islice(_assignments(found, reference), _MOST_ATTEMPTS)]
    outputs: list[Any] = []
    for some in _batches(attempts, reference):
        given = module.outputs_with(x, [attempt.weights(reference) for attempt in some])
        for attempt, output in zip(some, given, strict=True):
            if isinstance(output, torch.Tensor) and _agree(output, expected, atol):
                return attempt
        outputs += given
    computed = [as_tensor(output, "The output of the network", shape=expected.shape, hint=hint) for output in outputs]
    # What is the same for all inputs, as where every ReLU is shut, many a mistake computes.
    varied = [output for output in computed if bool((output != output[:1]).any())]
    raise CheckFailed(
        "With given weights, the network does not compute what it should.",
        hint=hint or "Compare the layers and the activations in forward, one by one, with the task.",
        fact=_like_a_known_one(computed, known or {}, x, atol) or (AnyOf(tuple(varied)) if varied else "constant"),
    )


def _like_a_known_one(
    computed: Sequence[torch.Tensor], known: Mapping[str, nn.Module], x: torch.Tensor, atol: float
) -> str | None:
    with torch.no_grad():
        outputs = {name: net(x) for name, net in known.items()}
    return next((name for name in outputs for one in computed if _agree(one, outputs[name], atol)), None)


def _batches(attempts: list[Transplant], reference: nn.Module) -> Iterator[list[Transplant]]:
    """Divide attempts into requests of some MB at most; the first, which for most networks is right, goes alone."""
    size = max(1, _MOST_NUMBERS // sum(parameter.numel() for parameter in reference.parameters()))
    yield attempts[:1]
    for start in range(1, len(attempts), size):
        yield attempts[start : start + size]


def _agree(output: torch.Tensor, expected: torch.Tensor, atol: float) -> bool:
    comparable = output.shape == expected.shape and output.dtype.is_floating_point
    return comparable and bool(((output.detach() - expected).abs() <= atol).all())


def _key(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(size for size in shape if size != 1))


def _assignments(found: Sequence[ParameterInfo], reference: nn.Module) -> Iterator[dict[str, Target]]:
    """Yield every way to match parameters of equal size, those that keep the order and the shapes first."""
    groups: dict[tuple[int, ...], list[ParameterInfo]] = defaultdict(list)
    wanted: dict[tuple[int, ...], list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for parameter in found:
        groups[_key(parameter.shape)].append(parameter)
    for name, weight in reference.named_parameters():
        wanted[_key(tuple(weight.shape))].append((name, tuple(weight.shape)))
    choices = [_matchings(wanted[key], groups[key]) for key in wanted]
    for combination in itertools.product(*choices):
        yield {name: target for part in combination for name, target in part.items()}


def _matchings(wanted: list[tuple[str, tuple[int, ...]]], given: list[ParameterInfo]) -> list[dict[str, Target]]:
    candidates = []
    for order in itertools.islice(itertools.permutations(given), 5040):
        mismatches = sum(p.shape != shape for p, (_, shape) in zip(order, wanted, strict=True))
        candidates.append((mismatches, order))
    candidates.sort(key=lambda candidate: candidate[0])
    matchings: list[dict[str, Target]] = []
    for _, order in candidates[:_MOST_ATTEMPTS]:
        options = [_targets(p, shape) for p, (_, shape) in zip(order, wanted, strict=True)]
        for chosen in itertools.islice(itertools.product(*options), _MOST_ATTEMPTS - len(matchings)):
            matchings.append({name: target for (name, _), target in zip(wanted, chosen, strict=True)})
    return matchings


def _targets(parameter: ParameterInfo, shape: tuple[int, ...]) -> list[Target]:
    square = len(shape) == 2 and shape[0] == shape[1] and shape[0] > 1
    if parameter.shape == shape and not (square and "Linear" not in parameter.owner):
        return [Target(parameter.name, parameter.shape, False)]
    if square:
        return [Target(parameter.name, parameter.shape, transposed) for transposed in (False, True)]
    return [Target(parameter.name, parameter.shape, parameter.shape == shape[::-1])]


def assert_follows(
    losses: Any,
    expected: Sequence[float],
    *,
    rtol: float,
    what: str = "The list of losses",
    hint: str | None = None,
) -> None:
    """Assert that the first losses of a training equal the reference's, and say at which step they part.

    `losses` may be longer than `expected`. NaN is right only where the reference has NaN.
    """
    found = as_floats(losses, what, hint=hint)
    for step, (loss, wanted) in enumerate(zip(found, expected, strict=False)):
        if math.isnan(wanted) and math.isnan(loss):
            continue
        if not abs(loss - wanted) <= rtol * max(abs(wanted), 1e-6):
            place = "before the first step" if step == 0 else f"after {step} step{'s' if step > 1 else ''}"
            message = f"From the same weights, the loss {place} should be {wanted:.6g}, but is {loss:.6g}."
            raise CheckFailed(message, hint=hint)
    if len(found) < len(expected):
        raise CheckFailed(f"{what} should have at least {len(expected)} entries, but has {len(found)}.", hint=hint)


def assert_finite_losses(losses: Sequence[float], learning_rate: float, *, hint: str | None = None) -> None:
    """Assert that a training did not run to NaN or Inf, and say where it did."""
    for epoch, loss in enumerate(losses):
        if not math.isfinite(loss):
            raise CheckFailed(
                f"The loss is {loss} from epoch {epoch} on, with learning rate {learning_rate:g}: training diverged.",
                hint=hint or "A step that is too large overshoots further each time. Try a smaller learning rate.",
            )
