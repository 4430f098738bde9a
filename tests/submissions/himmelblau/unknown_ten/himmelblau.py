import matplotlib.pyplot as plt
import torch


def himmelblau(u, v):
    return (u**2 + v - 10) ** 2 + (u + v**2 - 7) ** 2


def gradient(u, v):
    a = u**2 + v - 11
    b = u + v**2 - 7
    return 4 * u * a + 2 * b, 2 * a + 4 * v * b


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(u0, requires_grad=True)
    v = torch.tensor(v0, requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = [(u.item(), v.item())]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.item(), v.item()))
    return torch.tensor(path)


def plot_trajectories(trajectories):
    fig, ax = plt.subplots()
    axis = torch.linspace(-6, 6, 300)
    ax.imshow(torch.log1p(himmelblau(axis, axis[:, None])), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        ax.plot(path[:, 0], path[:, 1], label=name)
    ax.legend()
    return fig
