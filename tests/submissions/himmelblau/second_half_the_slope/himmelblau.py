import math
import torch
import matplotlib.pyplot as plt


def _a(u, v):
    return torch.square(u) + v - 11


def _b(u, v):
    return u + torch.square(v) - 7


def himmelblau(u, v):
    return torch.square(_a(u, v)) + torch.square(_b(u, v))


def gradient(u, v):
    # inner derivatives
    da_du, da_dv = 2 * u, torch.ones_like(v)
    db_du, db_dv = torch.ones_like(u), 2 * v
    # chain rule
    df_du = _a(u, v) * da_du + _b(u, v) * db_du
    df_dv = _a(u, v) * da_dv + _b(u, v) * db_dv
    return df_du, df_dv


def optimize(make_optimizer, u0, v0, num_steps=100):
    params = [torch.tensor([u0], requires_grad=True), torch.tensor([v0], requires_grad=True)]
    optimizer = make_optimizer(params)
    path = [torch.cat(params).detach().clone()]
    step = 0
    while step < num_steps:
        loss = himmelblau(*params).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        path.append(torch.cat(params).detach().clone())
        step += 1
    return torch.stack(path)


def plot_trajectories(trajectories):
    n = 200
    side = torch.tensor([-6 + 12 * i / (n - 1) for i in range(n)])
    rows = [himmelblau(side, value.expand(n)) for value in side]
    picture = torch.stack(rows).add(1).log10()
    fig, ax = plt.subplots()
    image = ax.imshow(picture.tolist(), extent=(-6, 6, -6, 6), origin="lower", interpolation="nearest")
    fig.colorbar(image).set_label("log10(1 + f)")
    for which, (name, path) in enumerate(trajectories.items()):
        us, vs = path[:, 0].tolist(), path[:, 1].tolist()
        ax.plot(us, vs, color=f"C{which}", label=name)
        ax.plot(us[:1], vs[:1], "o", color=f"C{which}")
    ax.set_xlabel("u")
    ax.set_ylabel("v")
    ax.legend()
    return fig
