from collections import namedtuple

import torch
from matplotlib import pyplot
from matplotlib.colors import LogNorm

Point = namedtuple("Point", "u v")


def himmelblau(u, v):
    return sum(term ** 2 for term in (u ** 2 + v - 11, u + v ** 2 - 7))


def gradient(u, v):
    a, b = u ** 2 + v - 11, u + v ** 2 - 7
    jacobian_u = Point(2 * u, 1)
    jacobian_v = Point(1, 2 * v)
    return tuple(2 * (a * first + b * second) for first, second in (jacobian_u, jacobian_v))


def optimize(make_optimizer, u0, v0, num_steps=100):
    here = Point(torch.tensor(u0, requires_grad=True), torch.tensor(v0, requires_grad=True))
    optimizer = make_optimizer(list(here))
    visited = [(here.u.data, here.v.data)]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(*here).backward()
        optimizer.step()
        visited.append((here.u.data, here.v.data))
    return torch.stack([torch.stack(point) for point in visited])


def plot_trajectories(trajectories):
    ticks = torch.linspace(-6, 6, 256)
    figure, axes = pyplot.subplots()
    axes.imshow(
        himmelblau(ticks, ticks[:, None]) + 1,
        extent=(-6, 6, -6, 6),
        origin="lower",
        norm=LogNorm(),
        cmap="Greys",
    )
    for name, points in trajectories.items():
        (line,) = axes.plot(points[:, 0], points[:, 1])
        line.set_label(name)
    axes.legend(title="optimizer")
    axes.set_xlabel("u")
    axes.set_ylabel("v")
    return figure
