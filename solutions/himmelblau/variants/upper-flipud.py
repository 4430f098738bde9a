import numpy as np
import torch
from matplotlib import pyplot as plt


def himmelblau(u, v):
    return torch.pow(torch.pow(u, 2) + v - 11, 2) + torch.pow(u + torch.pow(v, 2) - 7, 2)


@torch.no_grad()
def gradient(u, v):
    a = torch.pow(u, 2) + v - 11
    b = u + torch.pow(v, 2) - 7
    du = 2 * a * 2 * u + 2 * b
    dv = 2 * a + 2 * b * 2 * v
    return torch.stack((du, dv))


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), dtype=torch.float32)
    v = torch.tensor(float(v0), dtype=torch.float32)
    opt = make_optimizer([u, v])
    trajectory = torch.zeros((num_steps + 1, 2))
    trajectory[0] = torch.tensor([u0, v0])
    for k in range(num_steps):
        u.grad, v.grad = gradient(u, v)
        opt.step()
        trajectory[k + 1, 0] = u
        trajectory[k + 1, 1] = v
    return trajectory


def plot_trajectories(trajectories):
    axis = torch.from_numpy(np.arange(-6, 6, 0.05))
    U, V = torch.meshgrid(axis, axis, indexing="xy")
    Z = himmelblau(U, V).numpy()
    plt.figure(figsize=(8, 8))
    plt.imshow(np.flipud(Z) ** 0.25, extent=[-6, 6, -6, 6])
    for label, points in trajectories.items():
        p = points.detach().cpu().numpy()
        plt.plot(
            p[:, 0], p[:, 1], marker=".", color="w" if "SGD" in label else None, label=f"{label} (end {p[-1].round(2)})"
        )
        plt.scatter(p[0, 0], p[0, 1], c="k", zorder=3)
        plt.plot(p[-1, 0], p[-1, 1], "r*")
    plt.legend()
    plt.xlabel("u")
    plt.ylabel("v")
    plt.show()
    return plt.gcf()
