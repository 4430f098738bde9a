import matplotlib.pyplot as plt
import torch
from torch.nn.utils import clip_grad_norm_


def himmelblau(u, v):
    return (u.square() + v - 11).square() + (u + v.square() - 7).square()


def gradient(u, v):
    a = u.square() + v - 11
    b = u + v.square() - 7
    return 2 * (2 * a * u + b), 2 * (a + 2 * b * v)


def optimize(make_optimizer, u0, v0, num_steps=100):
    u, v = (torch.nn.Parameter(torch.tensor(x)) for x in (u0, v0))
    optimizer = make_optimizer([u, v])
    path = [torch.stack([u, v]).detach()]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        clip_grad_norm_([u, v], max_norm=1.0)
        optimizer.step()
        path.append(torch.stack([u, v]).detach())
    return torch.stack(path)


def plot_trajectories(trajectories):
    fig, ax = plt.subplots()
    side = torch.linspace(-6, 6, 200)
    u, v = torch.meshgrid(side, side, indexing="xy")
    ax.imshow(himmelblau(u, v).sqrt(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        ax.plot(*path.T, label=name)
    ax.legend()
    return fig
