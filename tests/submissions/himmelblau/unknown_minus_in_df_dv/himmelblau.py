import numpy as np
import torch
import matplotlib.pyplot as plt


def himmelblau(u, v):
    a = u * u + v - 11
    b = u + v * v - 7
    return a * a + b * b


def gradient(u, v):
    a = u * u + v - 11
    b = u + v * v - 7
    return 4 * a * u + 2 * b, 2 * a - 4 * b * v


def optimize(make_optimizer, u0, v0, num_steps=100):
    params = [torch.tensor(x, requires_grad=True) for x in (u0, v0)]
    optimizer = make_optimizer(params)
    path = torch.empty(num_steps + 1, 2)
    path[0, 0], path[0, 1] = u0, v0
    for k in range(num_steps):
        loss = himmelblau(*params)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        path[k + 1] = torch.stack(params).detach()
    return path


def plot_trajectories(trajectories):
    fig = plt.figure()
    ax = fig.add_subplot()
    s = np.linspace(-6, 6, 250)
    U, V = np.meshgrid(s, s)
    ax.imshow(np.log(1 + himmelblau(U, V)), origin="lower", extent=[-6, 6, -6, 6])
    for name in trajectories:
        ax.plot(trajectories[name][:, 0], trajectories[name][:, 1], label=name)
    ax.legend()
    return fig
