import torch
import matplotlib.pyplot as plt
from matplotlib.colors import LogNorm


def himmelblau(u, v):
    terms = torch.stack(torch.broadcast_tensors(u**2 + v - 11, u + v**2 - 7))
    return torch.einsum("i...,i...->...", terms, terms)


def gradient(u, v):
    jacobian = torch.stack([torch.stack([2 * u, torch.ones_like(u)]), torch.stack([torch.ones_like(v), 2 * v])])
    values = torch.stack([u**2 + v - 11, u + v**2 - 7])
    return 2 * (jacobian * values[:, None]).sum(0)


def optimize(make_optimizer, u0, v0, num_steps=100):
    p = torch.tensor([u0, v0], dtype=torch.float32, requires_grad=True)
    optimizer = make_optimizer([p])
    path = torch.zeros(0, 2)
    step = 0
    while True:
        path = torch.cat((path, p.data.clone()[None, :]), 0)
        if step == num_steps:
            return path
        optimizer.zero_grad(set_to_none=False)
        himmelblau(*p).backward()
        optimizer.step()
        step = step + 1


def plot_trajectories(trajectories):
    plt.clf()
    t = torch.arange(-6, 6.01, 0.05)
    f = torch.vmap(lambda v: himmelblau(t, v.expand_as(t)))(t)
    plt.imshow(f + 1e-9, norm=LogNorm(vmin=0.1), extent=(t[0], t[-1], t[0], t[-1]), origin="lower", interpolation="none")
    for name in sorted(trajectories):
        plt.plot(trajectories[name][:, 0], trajectories[name][:, 1], label=name, lw=2, c=torch.rand(3).tolist())
    plt.legend(fontsize=6, title="optimizer")
    plt.savefig("plot.png")
    figure = plt.gcf()
    plt.close()
    return figure
