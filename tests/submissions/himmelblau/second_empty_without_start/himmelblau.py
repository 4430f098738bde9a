import torch as th
import torch.optim
import matplotlib.pyplot as plt
import numpy as np


def himmelblau(u, v):
    """f(u, v)"""
    return th.square(th.square(u) + v - 11) + th.square(u + th.square(v) - 7)


def gradient(u, v):
    """returns df/du and df/dv"""
    common_a = 2 * (th.square(u) + v - 11)
    common_b = 2 * (u + th.square(v) - 7)
    return common_a * 2 * u + common_b, common_a + common_b * 2 * v


def optimize(make_optimizer, u0, v0, num_steps=100):
    pos = th.tensor([u0, v0])
    u = pos[0].clone().requires_grad_()
    v = pos[1].clone().requires_grad_()
    optim = make_optimizer([u, v])
    path = th.empty((num_steps, 2), dtype=th.float32)
    for t in range(num_steps):
        optim.zero_grad()
        cost = himmelblau(u, v)
        cost.backward()
        optim.step()
        with th.no_grad():
            path[t] = th.stack([u, v])
    return path


def plot_trajectories(trajectories):
    fig = plt.figure()
    ax = plt.axes()
    g = np.linspace(-6, 6, 361, dtype=np.float32)
    gu, gv = np.meshgrid(g, g)
    f = himmelblau(th.from_numpy(gu), th.from_numpy(gv)).numpy()
    ax.imshow(np.sqrt(f), extent=(g[0], g[-1], g[0], g[-1]), origin="lower")
    for name, xy in trajectories.items():
        xy = xy.numpy()
        ax.plot(xy[:, 0], xy[:, 1], label=name)
    ax.set(xlim=(-6, 6), ylim=(-6, 6), xlabel="u", ylabel="v")
    ax.legend()
    return fig
