import torch
import numpy as np
import matplotlib.pyplot as plt


def himmelblau(u, v):
    f = (u**2 + v - 11)**2
    f = f + (u + v**2 - 7)**2
    return f


def gradient(u, v):
    a = u**2 + v - 11
    b = u + v**2 - 7
    return torch.stack([4*u*a + 2*b, 2*a + 4*v*b]).unbind()


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(u0, requires_grad=True)
    v = torch.tensor(v0, requires_grad=True)
    optimizer = make_optimizer([u, v])
    trajectory = torch.tensor([[u0, v0]])
    for i in range(num_steps):
        loss = himmelblau(u, v)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        new = torch.tensor([[u.item(), v.item()]])
        trajectory = torch.cat((trajectory, new), dim=0)
    return trajectory


def plot_trajectories(trajectories):
    u = np.linspace(-6, 6, 300)
    v = np.linspace(-6, 6, 300)
    U, V = np.meshgrid(u, v)
    Z = himmelblau(U, V)
    plt.figure(figsize=(8, 8))
    plt.imshow(np.log10(Z + 1), origin='lower', extent=[-6, 6, -6, 6])
    for name in trajectories.keys():
        plt.plot(trajectories[name][:, 0], trajectories[name][:, 1], label=name)
    plt.title('Himmelblau')
    plt.xlabel('u')
    plt.ylabel('v')
    plt.legend()
    plt.show()
