import torch
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from typing import Callable, Dict, Tuple

Tensor = torch.Tensor


def himmelblau(u: Tensor, v: Tensor) -> Tensor:
    return u**4 + v**4 + 2 * u**2 * v + 2 * u * v**2 - 21 * u**2 - 13 * v**2 - 14 * u - 22 * v + 170


def gradient(u: Tensor, v: Tensor) -> Tuple[Tensor, Tensor]:
    """Chain rule."""
    inner1, inner2 = u**2 + v - 11, u + v**2 - 7
    return 2 * inner1 * (2 * u) + 2 * inner2, 2 * inner1 + 2 * inner2 * (2 * v)


class Walker:
    """Holds the point and its optimizer."""

    def __init__(self, make_optimizer: Callable, u0: float, v0: float):
        self.params = [torch.tensor([x], requires_grad=True) for x in (u0, v0)]
        self.optimizer = make_optimizer(self.params)
        self.history = [self.position()]

    def position(self):
        return torch.cat([p.detach() for p in self.params])

    def step(self):
        for p, g in zip(self.params, torch.autograd.grad(himmelblau(*self.params).sum(), self.params)):
            p.grad = g
        self.optimizer.step()
        self.history.append(self.position())


def optimize(make_optimizer, u0, v0, num_steps=100):
    walker = Walker(make_optimizer, u0, v0)
    for _ in range(num_steps):
        walker.step()
    return torch.vstack(walker.history)


def plot_trajectories(trajectories: Dict[str, Tensor]):
    lim = 8
    grid = np.linspace(-lim, lim, 401)
    X, Y = np.meshgrid(grid, grid)
    Z = himmelblau(X, Y)
    fig, axes = plt.subplots(1, 2, figsize=(12, 5))
    left, right = axes
    left.imshow(Z, extent=(-lim, lim, -lim, lim), origin="lower", vmax=500)
    left.contour(X, Y, Z, levels=[1, 10, 50, 100, 200], colors="white", linewidths=0.5)
    for path in trajectories.values():
        left.plot(*path.T)
    left.legend(list(trajectories.keys()))
    left.axhline(0, color="grey", lw=0.5)
    left.axvline(0, color="grey", lw=0.5)
    left.set_xlim(-6, 6)
    left.set_ylim(-6, 6)
    for name, path in trajectories.items():
        right.plot(himmelblau(path[:, 0], path[:, 1]), label="f along " + name)
    right.set_yscale("log")
    right.legend()
    fig.suptitle("Himmelblau")
    fig.tight_layout()
    return fig
