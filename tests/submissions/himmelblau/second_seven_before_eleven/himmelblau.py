import numpy as np
import torch
import matplotlib.pyplot as plt

sq = lambda z: z * z


def himmelblau(u, v):
    return sq(sq(u) + v - 7) + sq(u + sq(v) - 11)


def gradient(u, v):
    # d/du (A^2 + B^2) = 2 A dA/du + 2 B dB/du
    A, B = sq(u) + v - 11, u + sq(v) - 7
    return 2 * A * (2 * u) + 2 * B, 2 * A + 2 * B * (2 * v)


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    opt = make_optimizer([u, v])

    def here():
        return [u.item(), v.item()]

    points = [here()]
    for _ in range(num_steps):
        opt.zero_grad()
        himmelblau(u, v).backward()
        opt.step()
        points += [here()]
    return torch.tensor(points)


def plot_trajectories(trajectories):
    plt.figure(figsize=(7, 6))
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis.unsqueeze(0), axis.unsqueeze(1))
    plt.imshow(np.log1p(values.numpy()), origin="lower", extent=(-6, 6, -6, 6), cmap="magma")
    plt.colorbar()
    for name in trajectories:
        t = trajectories[name].detach().numpy()
        plt.plot(t[:, 0], t[:, 1], label=name, lw=1.5)
    plt.xlabel("u")
    plt.ylabel("v")
    plt.legend()
    return plt.gcf()
