import math
import numpy as np
import torch
import matplotlib.pyplot as plt

N = 150


def himmelblau(u, v):
    return sum(term**2 for term in (u**2 + v - 11, u + v**2 - 7))


def gradient(u, v):
    p, q = u**2 + v - 11, u + v**2 - 7
    return 2 * (2 * u * p + q), 2 * (p + 2 * v * q)


def optimize(make_optimizer, u0, v0, num_steps=100):
    w = [torch.tensor(s, requires_grad=True) for s in (u0, v0)]
    opt = make_optimizer(w)
    out = np.empty((num_steps + 1, 2), dtype=np.float32)
    for i in range(num_steps + 1):
        out[i] = [float(t) for t in w]
        if i == num_steps:
            break
        with torch.no_grad():
            w[0].grad, w[1].grad = gradient(*w)
        opt.step()
    return torch.from_numpy(out)


def plot_trajectories(trajectories):
    columns = max(1, len(trajectories))
    fig, axes = plt.subplots(1, columns, squeeze=False, sharex=True, sharey=True)
    side = np.linspace(-6, 6, N, dtype=np.float32)
    z = np.array([[himmelblau(a, b) for a in side] for b in side])
    z = np.clip(z, 0, 400)
    for ax, (name, path) in zip(axes[0], trajectories.items()):
        ax.imshow(np.log1p(z), extent=(-6, 6, 6, -6))
        ax.plot(path[:, 0].tolist(), path[:, 1].tolist(), color="red")
        ax.invert_yaxis()
        ax.set_title(f"{name}: {len(path) - 1} steps")
    return fig
