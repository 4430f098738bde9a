import numpy as np
import torch
from matplotlib import pyplot as plt


def himmelblau(u, v):
    first = np.power(u, 2) + v - 11
    second = u + np.power(v, 2) - 7
    return np.power(first, 2) + np.power(second, 2)


def gradient(u, v):
    first = u**2 + v - 11
    second = u + v**2 - 7
    grad_u = 2 * first * 2 * u + 2 * second
    grad_v = 2 * first + 2 * second * 2 * v
    return grad_u, grad_v


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(u0)
    v = torch.tensor(v0)
    optimizer = make_optimizer([u, v])
    trajectory = np.zeros((num_steps + 1, 2), dtype=np.float32)
    trajectory[0] = u0, v0
    for step in range(num_steps):
        u.grad, v.grad = gradient(u, v)
        optimizer.step()
        trajectory[step + 1] = u.item(), v.item()
    return torch.from_numpy(trajectory)


def plot_trajectories(trajectories):
    x = np.linspace(-6, 6, 300)
    U, V = np.meshgrid(x, x)
    fig = plt.figure()
    ax = fig.add_subplot(1, 1, 1)
    ax.imshow(np.log(himmelblau(U, V) + 1), extent=[-6, 6, -6, 6], origin="lower", aspect="auto")
    for key, value in trajectories.items():
        value = np.array(value)
        ax.plot(value[:, 0], value[:, 1], "-", label=key)
    ax.legend()
    ax.set_xlabel("u"); ax.set_ylabel("v")
    return fig
