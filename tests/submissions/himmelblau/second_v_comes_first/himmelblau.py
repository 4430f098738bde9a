import matplotlib.pyplot as plt
import torch


def himmelblau(u, v):
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2


def gradient(u, v):
    wrt_v = 2 * u**2 + 4 * v**3 + 4 * u * v - 26 * v - 22
    wrt_u = 4 * u**3 + 4 * u * v - 42 * u + 2 * v**2 - 14
    return wrt_v, wrt_u


def optimize(make_optimizer, u0, v0, num_steps=100):
    u, v = (torch.full((), start, requires_grad=True) for start in (u0, v0))
    optimizer = make_optimizer([u, v])

    def closure():
        optimizer.zero_grad()
        f = himmelblau(u, v)
        f.backward()
        return f

    path = torch.zeros((num_steps + 1, 2))
    for i in range(num_steps + 1):
        path[i, 0] = u.detach()
        path[i, 1] = v.detach()
        if i < num_steps:
            optimizer.step(closure)
    return path


def plot_trajectories(trajectories):
    fig = plt.figure(figsize=(8, 8))
    u = torch.linspace(-6, 6, 500)
    v = torch.linspace(-6, 6, 500)
    z = himmelblau(u[None, :], v[:, None])
    plt.imshow(torch.flip(z, dims=[0]), extent=[-6, 6, -6, 6], cmap="viridis", vmax=500)
    plt.contour(u, v, z, levels=[1, 10, 50, 100, 200], colors="white", linewidths=0.5)
    for k, t in trajectories.items():
        plt.plot(t[:, 0], t[:, 1], label=str(k))
        plt.scatter(t[-1:, 0], t[-1:, 1], marker="x")
    plt.legend(loc="best")
    plt.xlabel("$u$"), plt.ylabel("$v$")
    return fig
