import numpy as np
import torch
import matplotlib.pyplot as plt


def himmelblau(u, v):
    return (u ** 2 + v - 11) ** 2 + (u + v ** 2 - 7) ** 2


def gradient(u, v):
    df_du = 4 * u * (u ** 2 + v - 11) + 2 * (u + v ** 2 - 7)
    df_dv = 2 * (u ** 2 + v - 11) + 4 * v * (u + v ** 2 - 7)
    return df_du, df_dv


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(u0, requires_grad=True)
    v = torch.tensor(v0, requires_grad=True)
    optimizer = make_optimizer([u, v])
    history = [(u.item(), v.item())]
    for i in range(num_steps):
        optimizer.zero_grad()
        loss = himmelblau(u, v)
        loss.backward()
        optimizer.step()
        history.append((u.item(), v.item()))
    return torch.tensor(history)


def plot_trajectories(trajectories):
    xs = np.linspace(-6, 6, 200)
    ys = np.linspace(-6, 6, 200)
    U, V = np.meshgrid(xs, ys)
    Z = himmelblau(U, V)
    fig, ax = plt.subplots(figsize=(7, 6))
    im = ax.imshow(np.log(Z + 1), extent=(-6, 6, -6, 6), origin="lower", cmap="jet")
    ax.set_ylim(6, -6)
    fig.colorbar(im)
    for name, traj in trajectories.items():
        traj = traj.detach().numpy()
        ax.plot(traj[:, 0], traj[:, 1], "o-", markersize=2, label=name)
    ax.set_xlabel("u")
    ax.set_ylabel("v")
    ax.legend()
    return fig
