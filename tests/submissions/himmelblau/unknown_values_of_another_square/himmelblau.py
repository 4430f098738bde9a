import numpy as np
import torch
import matplotlib.pyplot as plt


def himmelblau(u, v):
    return (u**2 + v - 11)**2 + (u + v**2 - 7)**2


def gradient(u, v):
    du = 4*u*(u**2 + v - 11) + 2*(u + v**2 - 7)
    dv = 2*(u**2 + v - 11) + 4*v*(u + v**2 - 7)
    return du, dv


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor([u0], requires_grad=True)
    v = torch.tensor([v0], requires_grad=True)
    optimizer = make_optimizer([u, v])
    points = [torch.cat([u, v]).detach().clone()]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        points.append(torch.cat([u, v]).detach().clone())
    return torch.stack(points)


def plot_trajectories(trajectories):
    x = np.linspace(-5, 5, 500)
    X, Y = np.meshgrid(x, x)
    fig, ax = plt.subplots()
    ax.imshow(np.log(himmelblau(X, Y) + 1), extent=[-6, 6, -6, 6], origin='lower')
    for name, path in trajectories.items():
        ax.plot(path[:, 0], path[:, 1], label=name)
    ax.legend()
    return fig
