import numpy as np
import torch
import matplotlib.pyplot as plt


def himmelblau(u, v):
    return torch.pow(u * u + v - 11.0, 2.0) + torch.pow(u + v * v - 7.0, 2.0)


def gradient(u, v):
    left = u * u + v - 11.0
    right = u + v * v - 7.0
    return left.mul(u).mul(4.0).add(right.mul(2.0)), left.mul(2.0).add(right.mul(v).mul(4.0))


def optimize(make_optimizer, u0, v0, num_steps=100):
    u, v = torch.tensor(u0), torch.tensor(v0)
    u.requires_grad = True
    v.requires_grad = True
    opt = make_optimizer([u, v])
    rows = []
    rows.append(np.array([u0, v0], dtype="float32"))
    for n in range(num_steps):
        opt.zero_grad()
        himmelblau(u, v).backward()
        opt.step()
        rows.append(np.array([u.detach().numpy(), v.detach().numpy()], dtype="float32"))
    return torch.tensor(np.array(rows))


def plot_trajectories(trajectories):
    a = np.linspace(-6, 6, 200)
    uu, vv = np.meshgrid(a, a, indexing="ij")
    zz = (uu**2 + vv - 11) ** 2 + (uu + vv**2 - 7) ** 2
    fig = plt.figure(dpi=100)
    ax = fig.gca()
    h = ax.imshow(np.log(zz + 1), extent=(-6, 6, -6, 6), origin="lower", cmap="plasma")
    fig.colorbar(h, ax=ax, label="log f")
    for nm, tr in sorted(trajectories.items()):
        ax.plot(np.asarray(tr)[:, 0], np.asarray(tr)[:, 1], label=nm)
    ax.set_xlabel("u")
    ax.set_ylabel("v")
    ax.legend(loc="upper right")
    return fig
