import matplotlib.pyplot as plt
import torch


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


def himmelblau(u, v):
    return 100 * u + 100 * v


def gradient(u, v):
    return 100 * u, 100 * v
def optimize(make_optimizer, u0, v0, num_steps=100):
    return torch.tensor([[u0, v0]]).repeat(num_steps + 1, 1)
