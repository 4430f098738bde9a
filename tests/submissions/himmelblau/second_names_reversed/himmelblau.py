import numpy as np
import torch
import matplotlib.pyplot as plt


def _f(u, v):
    p = u * u + v - 11
    q = u + v * v - 7
    return p * p + q * q


def himmelblau(u, v):
    return _f(u, v)


def gradient(u, v):
    p = u * u + v - 11
    q = u + v * v - 7
    return 4 * u * p + 2 * q, 2 * p + 4 * v * q


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(u0, requires_grad=True)
    v = torch.tensor(v0, requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = torch.zeros(num_steps + 1, 2)
    path[0] = torch.tensor([u0, v0])
    for i in range(1, num_steps + 1):
        optimizer.zero_grad()
        _f(u, v).backward()
        optimizer.step()
        path[i] = torch.tensor([u.item(), v.item()])
    return path


def background(ax):
    s = np.linspace(-6, 6, 240)
    U, V = np.meshgrid(s, s)
    return ax.imshow(np.log(_f(U, V) + 1), origin="lower", extent=(-6, 6, -6, 6))


def plot_trajectories(trajectories):
    fig, ax = plt.subplots()
    background(ax)
    for n, p in trajectories.items():
        ax.plot(*p.T)
    ax.legend(list(trajectories)[::-1])
    return fig
