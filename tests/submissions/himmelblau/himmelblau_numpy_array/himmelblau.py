import matplotlib.pyplot as plt
import torch


def gradient(u, v):
    a = u**2 + v - 11
    b = u + v**2 - 7
    return 4 * u * a + 2 * b, 2 * a + 4 * v * b


def himmelblau(u, v):
    u, v = torch.as_tensor(u).detach().numpy(), torch.as_tensor(v).detach().numpy()
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2


def optimize(make_optimizer, u0, v0, num_steps=100):
    u, v = torch.tensor(float(u0)), torch.tensor(float(v0))
    optimizer = make_optimizer([u, v])
    path = [[u0, v0]]
    for _ in range(num_steps):
        u.grad, v.grad = gradient(u, v)
        optimizer.step()
        path.append([u.item(), v.item()])
    return torch.tensor(path)
def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(values ** 0.5, extent=(-6, 6, -6, 6), origin="lower", cmap="viridis")
    for name, path in trajectories.items():
        ax.plot(path[:, 0].detach(), path[:, 1].detach(), label=name)
    ax.legend()
    return fig
