import matplotlib.pyplot as plt
import torch


def himmelblau(u, v):
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2


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


A = torch.linspace(-6, 6, 121)
Z = torch.log1p(himmelblau(A[None, :], A[:, None])).numpy()
EXT = (-6, 6, -6, 6)
def n(p):
    return p.detach().numpy()


def plot_trajectories(trajectories):
    fig, ax = plt.subplots()
    ax.imshow(Z, extent=EXT, origin="lower")
    for k, p in trajectories.items():
        ax.plot(*n(p).T, label=k, alpha=0)
    ax.legend()
    return fig
