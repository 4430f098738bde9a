"""Small functions, each of which does one thing."""

from __future__ import annotations

from typing import Callable, Iterator

import torch
from matplotlib.figure import Figure
from torch import Tensor, nn


def himmelblau(u: Tensor, v: Tensor) -> Tensor:
    return first(u, v) ** 2 + second(u, v) ** 2


def first(u: Tensor, v: Tensor) -> Tensor:
    return u**2 + v - 11


def second(u: Tensor, v: Tensor) -> Tensor:
    return u + v**2 - 7


def gradient(u: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    by_u = 4 * u * first(u, v) + 2 * second(u, v)
    by_v = 2 * first(u, v) + 4 * v * second(u, v)
    return by_u, by_v


def one_step(make_optimizer: Callable, u: nn.Parameter, v: nn.Parameter) -> None:
    optimizer = make_optimizer([u, v])
    optimizer.zero_grad()
    himmelblau(u, v).backward()
    optimizer.step()


def walk(make_optimizer: Callable, u: nn.Parameter, v: nn.Parameter, num_steps: int) -> Iterator[list[float]]:
    yield [float(u), float(v)]
    for _ in range(num_steps):
        one_step(make_optimizer, u, v)
        yield [float(u), float(v)]


def optimize(make_optimizer: Callable, u0: float, v0: float, num_steps: int = 100) -> Tensor:
    u, v = nn.Parameter(torch.tensor(u0)), nn.Parameter(torch.tensor(v0))
    return torch.tensor(list(walk(make_optimizer, u, v, num_steps)))


def plot_trajectories(trajectories: dict[str, Tensor]) -> Figure:
    figure = Figure(figsize=(6, 5))
    axes = figure.subplots()
    column = torch.linspace(6, -6, 200).reshape(-1, 1)
    row = torch.linspace(-6, 6, 200).reshape(1, -1)
    shown = axes.imshow(torch.log(himmelblau(row, column) + 1), extent=(-6, 6, -6, 6), origin="upper")
    figure.colorbar(shown)
    for name, path in trajectories.items():
        axes.plot(path[:, 0], path[:, 1], label=name)
    axes.legend()
    axes.set_xlabel("u")
    axes.set_ylabel("v")
    return figure
