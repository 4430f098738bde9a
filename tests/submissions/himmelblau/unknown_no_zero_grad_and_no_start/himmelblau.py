import matplotlib.pyplot as plt
import torch


def himmelblau(u, v):
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2


def gradient(u, v):
    a = u**2 + v - 11
    b = u + v**2 - 7
    return 4 * u * a + 2 * b, 2 * a + 4 * v * b


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(u0, requires_grad=True)
    v = torch.tensor(v0, requires_grad=True)
    opt = make_optimizer([u, v])
    path = []
    for _ in range(num_steps):
        f = himmelblau(u, v)
        f.backward()
        opt.step()
        path.append([u.item(), v.item()])
    return torch.tensor(path)


def plot_trajectories(trajectories):
    plt.figure()
    side = torch.linspace(-6, 6, 400)
    plt.imshow(himmelblau(side, side.reshape(-1, 1)).log1p(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        plt.plot(path[:, 0], path[:, 1], label=name)
    plt.legend()
    return plt.gcf()
