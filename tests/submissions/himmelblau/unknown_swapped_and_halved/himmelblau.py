import matplotlib.pyplot as plt
import torch


def himmelblau(u, v):
    first = u.pow(2) + v - 11
    second = v.pow(2) + u - 7
    return first.pow(2) + second.pow(2)


def gradient(u, v):
    first = u.pow(2) + v - 11
    second = v.pow(2) + u - 7
    return first + 2 * v * second, 2 * u * first + second


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(u0).requires_grad_()
    v = torch.tensor(v0).requires_grad_()
    optimizer = make_optimizer([u, v])
    us, vs = [u0], [v0]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        us.append(u.item())
        vs.append(v.item())
    return torch.tensor([us, vs]).t()


def plot_trajectories(trajectories):
    figure, axes = plt.subplots(figsize=(7, 7))
    line = torch.linspace(-6, 6, 240)
    values = himmelblau(line.view(1, -1), line.view(-1, 1)).add(1).log()
    axes.imshow(values.flip(0), extent=(-6, 6, -6, 6), origin="upper")
    for name, path in trajectories.items():
        axes.plot(path[:, 0].numpy(), path[:, 1].numpy(), label=name)
    figure.legend()
    return figure
