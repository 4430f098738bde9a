import itertools

import matplotlib.pyplot as plt
import torch


def himmelblau(u, v):
    def a():
        return u.pow(2).add(v).sub(11)

    def b():
        return v.pow(2).add(u).sub(7)

    return a().pow(2).add(b().pow(2))


def gradient(u, v):
    def a():
        return u.pow(2).add(v).sub(11)

    def b():
        return v.pow(2).add(u).sub(7)

    return 4 * u * a() + 2 * b(), 2 * a() + 4 * v * b()


def optimize(make_optimizer, u0, v0, num_steps=100):
    u, v = torch.tensor(u0, requires_grad=True), torch.tensor(v0, requires_grad=True)
    optimizer = make_optimizer([u, v])

    def stations():
        for _ in itertools.count():
            yield torch.hstack([u.detach(), v.detach()])
            optimizer.zero_grad()
            torch.autograd.backward(himmelblau(u, v))
            optimizer.step()

    return torch.vstack(list(itertools.islice(stations(), num_steps + 1)))


def plot_trajectories(trajectories):
    styles = itertools.cycle(["-", "--", ":", "-."])
    fig, ax = plt.subplots(figsize=(5, 5))
    line = torch.linspace(-6, 6, 150)
    grid = torch.cartesian_prod(line, line)
    heat = himmelblau(grid[:, 1], grid[:, 0]).reshape(150, 150)
    ax.imshow(heat.sqrt(), extent=(-6, 6, -6, 6), origin="lower", cmap="terrain")
    for path, style in zip(trajectories.values(), styles):
        ax.plot(path[:, 0], path[:, 1], style, color="red")
    ax.set_xlabel("u")
    ax.set_ylabel("v")
    return fig
