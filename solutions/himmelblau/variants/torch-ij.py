import torch
import matplotlib.pyplot as plt
from matplotlib.colors import LogNorm


def himmelblau(u, v):
    first = u * u + v - 11
    second = u + v * v - 7
    return first.square() + second.square()


def gradient(u, v):
    return (
        4 * u**3 + 4 * u * v - 42 * u + 2 * v**2 - 14,
        4 * v**3 + 4 * u * v - 26 * v + 2 * u**2 - 22,
    )


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.nn.Parameter(torch.tensor(u0))
    v = torch.nn.Parameter(torch.tensor(v0))
    optimizer = make_optimizer([u, v])
    points = [torch.stack([u, v]).detach().clone()]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        points.append(torch.stack([u, v]).detach().clone())
    return torch.stack(points)


def plot_trajectories(trajectories):
    u = torch.linspace(-6, 6, 300)
    v = torch.linspace(-6, 6, 250)
    uu, vv = torch.meshgrid(u, v, indexing="ij")
    z = himmelblau(uu, vv)
    fig = plt.figure()
    plt.imshow(z.T, extent=(-6, 6, -6, 6), origin="lower", norm=LogNorm(vmin=0.1), aspect="auto")
    plt.colorbar(label="f")
    for name in trajectories:
        plt.plot(trajectories[name][:, 0], trajectories[name][:, 1], label=name)
    plt.legend(loc="upper right")
    plt.title("Trajectories")
    return fig
