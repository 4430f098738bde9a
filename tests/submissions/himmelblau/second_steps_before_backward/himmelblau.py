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


def background(ax):
    s = np.linspace(-6, 6, 240)
    U, V = np.meshgrid(s, s)
    return ax.imshow(np.log(_f(U, V) + 1), origin="lower", extent=(-6, 6, -6, 6))


def plot_trajectories(trajectories):
    fig, ax = plt.subplots()
    background(ax)
    for name, path in trajectories.items():
        ax.plot(path[:, 0].numpy(), path[:, 1].numpy(), label=name)
    ax.legend()
    return fig


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(u0, requires_grad=True)
    v = torch.tensor(v0, requires_grad=True)
    opt = make_optimizer([u, v])
    path = [[u.item(), v.item()]]
    for _ in range(num_steps):
        loss = himmelblau(u, v)
        opt.step()
        opt.zero_grad()
        loss.backward()
        path.append([u.item(), v.item()])
    return torch.tensor(path)
