import matplotlib.pyplot as plt
import torch


def himmelblau(u, v):
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = torch.empty(num_steps + 1, 2)
    path[0] = torch.tensor([u0, v0])
    for step in range(1, num_steps + 1):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path[step, 0], path[step, 1] = u.item(), v.item()
    return path


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


def gradient(u, v):
    u, v = u.numpy(), v.numpy()
    a = u**2 + v - 11
    b = u + v**2 - 7
    return 4 * u * a + 2 * b, 2 * a + 4 * v * b
