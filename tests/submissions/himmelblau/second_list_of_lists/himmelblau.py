import matplotlib.pyplot as plt
import torch


def himmelblau(u, v):
    a = u**2
    b = v**2
    return (a + v - 11) ** 2 + (u + b - 7) ** 2


def gradient(u, v):
    df_du = 2 * (u**2 + v - 11) * 2 * u + 2 * (u + v**2 - 7)
    df_dv = 2 * (u**2 + v - 11) + 2 * (u + v**2 - 7) * 2 * v
    return df_du, df_dv


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(u0, requires_grad=True)
    v = torch.tensor(v0, requires_grad=True)
    optimizer = make_optimizer([u, v])

    def step():
        optimizer.zero_grad()
        loss = himmelblau(u, v)
        loss.backward()
        optimizer.step()
        return [u.item(), v.item()]

    return [[u0, v0]] + [step() for _ in range(num_steps)]


def plot_trajectories(trajectories):
    plt.close("all")
    fig, ax = plt.subplots(figsize=(10, 10))
    xs = torch.linspace(-6, 6, 121)
    X, Y = torch.meshgrid(xs, xs, indexing="xy")
    Z = himmelblau(X, Y)
    ax.imshow(Z, extent=[-6, 6, -6, 6], origin="lower", alpha=0.8)
    ax.contour(X, Y, Z, levels=30, linewidths=0.4)
    for name, points in trajectories.items():
        points = torch.as_tensor(points)
        ax.plot(points[:, 0], points[:, 1], linewidth=2, label=name)
    ax.legend()
    return fig
