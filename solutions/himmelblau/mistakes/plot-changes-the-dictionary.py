"""plot_trajectories takes entries out of the dictionary that it is given.

Loop over trajectories.items(): pop() and popitem() take out of the caller's own dictionary.
"""

LOSES = ("check_plot_trajectories_leaves_inputs",)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    while trajectories:
        name, path = trajectories.popitem()
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    return fig
