import torch
import matplotlib.pyplot as plt
import matplotlib.colors as colors


def himmelblau(u, v):
    a = torch.add(torch.mul(u, u), v) - 11
    b = torch.add(u, torch.mul(v, v)) - 7
    return torch.add(a.pow(2), b.pow(2))


def gradient(u, v):
    x = u.detach().clone().requires_grad_(True)
    y = v.detach().clone().requires_grad_(True)
    total = himmelblau(x, y).sum()
    du, dv = torch.autograd.grad(total, (x, y))
    return du, dv


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.nn.Parameter(torch.tensor(u0))
    v = torch.nn.Parameter(torch.tensor(v0))
    optimizer = make_optimizer([u, v])
    history = {"u": [u0], "v": [v0]}
    for _ in range(num_steps):
        loss = himmelblau(u, v)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        history["u"].append(u.item())
        history["v"].append(v.item())
    return torch.stack([torch.tensor(history["u"]), torch.tensor(history["v"])], dim=1)


def plot_trajectories(trajectories):
    fig, axes = plt.subplots(1, 1)
    uu, vv = torch.meshgrid(torch.linspace(-6, 6, 301), torch.linspace(-6, 6, 301), indexing="xy")
    heat = himmelblau(uu, vv).clamp(min=0.1)
    axes.imshow(heat.numpy(), norm=colors.LogNorm(), extent=(-6.0, 6.0, -6.0, 6.0), origin="lower")
    axes.set_xlim(-6, 6)
    axes.set_ylim(-6, 6)
    [axes.plot(p[:, 0].numpy(), p[:, 1].numpy(), "-", label=n) for n, p in trajectories.items()]
    fig.legend()
    return fig
