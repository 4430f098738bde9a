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
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7)


def gradient(u, v):
    a = u**2 + v - 11
    return 4 * u * a + 2, 2 * a + 4 * v
def optimize(make_optimizer, u0, v0, num_steps=100):
    u, v = torch.tensor(float(u0)), torch.tensor(float(v0))
    optimizer = make_optimizer([u, v])
    path = [[u0, v0]]
    for _ in range(num_steps):
        u.grad, v.grad = gradient(u, v)
        optimizer.step()
        path.append([u.item(), v.item()])
    return torch.tensor(path)
