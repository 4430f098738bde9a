import numpy as np
import torch
import matplotlib.pyplot as plt


def himmelblau(u, v):
    term_one = u * u + v
    term_one = term_one - 11
    term_two = v * v + u
    term_two = term_two - 7
    result = term_one * term_one + term_two * term_two
    return result


def gradient(u, v):
    df_du = 4 * u * (u**2 + v - 11) + 2 * (u + v**2 - 7)
    df_dv = 2 * (u**2 + v - 11) + 4 * v * (u + v**2 - 7)
    return df_du, df_dv


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(u0, requires_grad=True)
    v = torch.tensor(v0, requires_grad=True)
    optimizer = make_optimizer([u, v])
    history = [(u.item(), v.item())]
    for i in range(num_steps):
        optimizer.zero_grad()
        loss = himmelblau(u, v)
        loss.backward()
        optimizer.step()
        history.append((u.item(), v.item()))
    return torch.tensor(history)


def plot_trajectories(trajectories):
    n = 80
    h = 12 / n
    image = np.zeros((n, n))
    for row in range(n):
        for col in range(n):
            u = -6 + (col + 0.5) * h
            v = 6 - (row + 0.5) * h
            image[row, col] = min(himmelblau(u, v), 600)
    f = plt.figure()
    ax = f.gca()
    ax.imshow(image, extent=(-6, 6, -6, 6), cmap="gray")
    for key in trajectories:
        line = ax.plot(trajectories[key][:, 0].numpy(), trajectories[key][:, 1].numpy())[0]
        ax.text(float(trajectories[key][-1, 0]), float(trajectories[key][-1, 1]), key, color=line.get_color())
    return f
