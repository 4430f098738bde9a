"""Homework: Himmelblau. Everything sits in two small classes, the four functions only pass things on."""
import torch
import matplotlib.pyplot as plt
from matplotlib.colors import LogNorm
from torch import nn


class Landscape:
    def __init__(self, first=11.0, second=7.0):
        self.first, self.second = first, second

    def parts(self, u, v):
        return u.pow(2) + v - self.first, v.pow(2) + u - self.second

    def height(self, u, v):
        a, b = self.parts(u, v)
        return a.pow(2) + b

    def slope(self, u, v):
        a, b = self.parts(u, v)
        return 4 * u * a + 2 * b, 2 * a + 4 * v * b


class Hiker(nn.Module):
    """Stands somewhere; the loss is how high."""

    def __init__(self, u0, v0):
        super().__init__()
        self.u = nn.Parameter(torch.tensor(u0, dtype=torch.float32))
        self.v = nn.Parameter(torch.tensor(v0, dtype=torch.float32))

    def forward(self):
        return himmelblau(self.u, self.v)

    @torch.no_grad()
    def position(self):
        return torch.stack((self.u, self.v))


LAND = Landscape()


def himmelblau(u, v):
    return LAND.height(u, v)


def gradient(u, v):
    return LAND.slope(u, v)


def optimize(make_optimizer, u0, v0, num_steps=100):
    hiker = Hiker(u0, v0)
    optimizer = make_optimizer([hiker.u, hiker.v])
    diary = torch.empty(num_steps + 1, 2)
    diary[0] = hiker.position()
    for k in range(1, num_steps + 1):
        optimizer.zero_grad(set_to_none=True)
        hiker().backward()
        optimizer.step()
        diary[k] = hiker.position()
    return diary


def plot_trajectories(trajectories):
    fig, ax = plt.subplots(figsize=(6, 6), layout="constrained")
    grid = torch.linspace(-6, 6, 400)
    V, U = torch.meshgrid(grid, grid, indexing="ij")
    a, b = LAND.parts(U, V)
    Z = a.pow(2) + b.pow(2) + 0.01
    img = ax.imshow(Z, origin="lower", extent=[-6, 6, -6, 6], norm=LogNorm())
    fig.colorbar(img, ax=ax)
    for label, points in trajectories.items():
        ax.plot(*points.detach().T, marker=".", markersize=3, label=label)
    ax.set(xlabel="u", ylabel="v", title="Paths")
    ax.legend(loc="lower right")
    return fig
