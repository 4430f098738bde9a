"""Himmelblau's function: four minima, and the paths on which optimizers reach them."""

import matplotlib.pyplot as plt
import torch


def himmelblau(u, v):
    """Compute f(u, v) = (u^2 + v - 11)^2 + (u + v^2 - 7)^2, elementwise.

    u and v are tensors of shapes that broadcast: (n, 1) and (1, m) give (n, m), two 0-d tensors a 0-d one.
    """
    ### BEGIN SOLUTION
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2
    ### END SOLUTION


def gradient(u, v):
    """Compute both partial derivatives of f by hand, without autograd, elementwise.

    With a = u^2 + v - 11 and b = u + v^2 - 7, f = a^2 + b^2; the chain rule does the rest.

    Args:
        u, v: tensors of one shape

    Returns:
        (df/du, df/dv), two tensors of that shape
    """
    ### BEGIN SOLUTION
    a = u**2 + v - 11
    b = u + v**2 - 7
    return 4 * u * a + 2 * b, 2 * a + 4 * v * b
    ### END SOLUTION


def optimize(make_optimizer, u0, v0, num_steps=100):
    """Let an optimizer walk downhill on f from (u0, v0), and write down every point of its path.

    Args:
        make_optimizer: called once as make_optimizer([u, v]) it returns a torch.optim.Optimizer
        u0, v0: the start, two floats
        num_steps: how many steps to take

    Returns:
        a float32 tensor (num_steps + 1, 2): row 0 is the start, row k is (u, v) after k steps
    """
    ### BEGIN SOLUTION
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = torch.empty(num_steps + 1, 2)
    path[0] = torch.tensor([u0, v0])
    for step in range(1, num_steps + 1):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path[step, 0], path[step, 1] = u.item(), v.item()
    return path
    ### END SOLUTION


def plot_trajectories(trajectories):
    """Draw f as a heatmap over [-6, 6] squared, and each trajectory as a labelled line on top of it.

    u runs to the right and v upwards. Show the heatmap with imshow, with its `extent`, the right way up.

    Args:
        trajectories: a dict from a name to a (T, 2) tensor of points (u, v)

    Returns:
        the matplotlib Figure
    """
    ### BEGIN SOLUTION
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])  # rows are v, columns are u
    fig, ax = plt.subplots()
    # log1p, as f runs from 0 to about 2000 and all that is of interest lies near 0
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower", cmap="viridis")
    for name, path in trajectories.items():
        u, v = path.detach().unbind(dim=1)
        ax.plot(u.numpy(), v.numpy(), marker=".", markersize=3, linewidth=1, label=name)
    ax.set_xlabel("u")
    ax.set_ylabel("v")
    ax.legend()
    return fig
    ### END SOLUTION
