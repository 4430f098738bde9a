from collections import namedtuple
from functools import partial
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import Tensor, nn

Slope = namedtuple("Slope", "du dv")


def himmelblau(u: Tensor, v: Tensor) -> Tensor:
    return torch.addcmul(torch.square(u * u + v - 11), u + v * v - 7, u + v * v - 7)


def gradient(u, v):
    a, b = torch.sub(u.pow(2).add(v), 11), torch.sub(v.pow(2).add(u), 7)
    return Slope(4 * torch.mul(u, a) + 2 * b, 2 * a + 4 * torch.mul(v, b))


class Walker(nn.Module):
    def __init__(self, u0, v0):
        super().__init__()
        self.u = nn.Parameter(torch.tensor(u0, dtype=torch.float64))
        self.v = nn.Parameter(torch.tensor(v0, dtype=torch.float64))

    def forward(self):
        return himmelblau(self.u, self.v)


def optimize(make_optimizer, u0, v0, num_steps=100):
    walker = Walker(u0, v0)
    optimizer = make_optimizer(list(walker.parameters()))

    def closure():
        optimizer.zero_grad()
        loss = walker()
        loss.backward()
        return loss

    points = [torch.stack([walker.u, walker.v]).detach().clone()]
    for _ in range(num_steps):
        optimizer.step(closure)
        points.append(torch.stack([walker.u, walker.v]).detach().clone())
    return torch.stack(points).float()


def plot_trajectories(trajectories, ax=None):
    xs = np.linspace(-6, 6, 300, dtype=np.float32)
    U, V = np.meshgrid(xs, xs)
    fig = plt.figure(figsize=(6, 6), dpi=72)
    ax = fig.add_subplot(1, 1, 1)
    im = ax.imshow(np.log10(himmelblau(torch.from_numpy(U), torch.from_numpy(V)) + 1e-3), extent=[-6, 6, -6, 6], origin="lower", cmap="magma", aspect="auto")
    plt.colorbar(im, ax=ax, label="log10 f")
    for (name, path), style in zip(trajectories.items(), ["-", "--", "-.", ":", (0, (3, 1))]):
        xy = np.asarray(path)
        ax.plot(xy[:, 0], xy[:, 1], linestyle=style, label=f"{name} ({len(path)} points)")
        ax.scatter(*xy[0], marker="*", zorder=5)
    ax.set(xlim=(-6, 6), ylim=(-6, 6), xlabel="u", ylabel="v", title="Optimizers on Himmelblau")
    ax.legend(loc="center left", bbox_to_anchor=(1.2, 0.5))
    fig.tight_layout()
    return fig
