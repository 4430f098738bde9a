"""The lines have u and v exchanged: v runs to the right.

Column 0 of a trajectory is u and goes along x: ax.plot(path[:, 0], path[:, 1]).
"""

LOSES = ("check_plot_trajectories_lines", "check_plot_trajectories_count")


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(v, u, label=name)
    ax.legend()
    return fig
