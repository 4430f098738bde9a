import math
import torch
import matplotlib.pyplot as plt

himmelblau = lambda u, v: u**4 + v**4 + 2 * u**2 * v + 2 * u * v**2 - 21 * u**2 - 13 * v**2 - 14 * u - 22 * v + 170


@torch.no_grad()
def gradient(u, v):
    du = 4 * u**3 + 4 * u * v + 2 * v**2 - 42 * u - 14
    dv = 4 * v**3 + 4 * u * v + 2 * u**2 - 26 * v - 22
    return [du, dv]


def walk(optimizer, u, v):
    yield u.item(), v.item()
    while True:
        u.grad, v.grad = gradient(u, v)
        optimizer.step()
        yield u.item(), v.item()


def optimize(make_optimizer, u0, v0, num_steps=100, **options):
    u, v = (torch.nn.Parameter(torch.as_tensor(c, dtype=torch.float32)) for c in (u0, v0))
    rows = walk(make_optimizer([u, v]), u, v)
    return torch.tensor([next(rows) for _ in range(num_steps + 1)])


def plot_trajectories(trajectories):
    fig, axes = plt.subplots(2, 3, figsize=(9, 6), sharex=True, sharey=True)
    side = torch.linspace(-6.5, 6.5, 131)
    values = himmelblau(*torch.meshgrid(side, side, indexing="xy"))
    for ax in axes.flat:
        ax.imshow(values.clamp(max=300), extent=(-6.5, 6.5, -6.5, 6.5), origin="lower", cmap="Blues_r")
        ax.label_outer()
    for ax, (name, path) in zip(axes.flat, trajectories.items()):
        u, v = path.T.tolist()
        ax.plot(u, v, color="orange")
        ax.annotate(name, (u[0], v[0]), xytext=(5, 5), textcoords="offset points")
    for ax in axes.flat[len(trajectories):]:
        ax.set_visible(False)
    return fig
