import torch
import matplotlib.pyplot as plt
from matplotlib.colors import LogNorm

C1 = 11
C2 = 7
N = 500


def himmelblau(u, v):
    return (u ** 2 + v - C1) ** 2 + (u + v ** 2 - C2) ** 2


def gradient(u, v):
    g = torch.zeros(2, *u.shape)
    g[0] = 4 * u * (u ** 2 + v - C1) + 2 * (u + v ** 2 - C2)
    g[1] = 2 * (u ** 2 + v - C1) + 4 * v * (u + v ** 2 - C2)
    return g[0], g[1]


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(u0, requires_grad=True)
    v = torch.tensor(v0, requires_grad=True)
    opt = make_optimizer([u, v])
    us, vs = [u0], [v0]
    for k in range(num_steps):
        if u.grad is not None:
            u.grad.zero_()
            v.grad.zero_()
        value = himmelblau(u, v)
        value.backward()
        opt.step()
        us.append(float(u.detach()))
        vs.append(float(v.detach()))
    return torch.tensor([us, vs]).T.contiguous()


def plot_trajectories(trajectories):
    u = torch.linspace(-6, 6, N)
    v = torch.linspace(-6, 6, N)
    U, V = torch.meshgrid(u, v, indexing="xy")
    fig, ax = plt.subplots()
    im = ax.imshow(himmelblau(U, V), origin="lower", norm=LogNorm(vmin=1e-1, vmax=2e3), cmap="viridis")
    fig.colorbar(im)
    for name, trajectory in trajectories.items():
        ax.plot(trajectory[:, 0], trajectory[:, 1], label=name)
        ax.plot(trajectory[0, 0], trajectory[0, 1], "ko")
    ax.set_xlabel("u")
    ax.set_ylabel("v")
    ax.legend()
    return fig
