"""A whole trajectory went into ax.plot as one argument, which draws its two columns over the row number.

Give u and v apart, as x and y: ax.plot(path[:, 0], path[:, 1]).
"""

LOSES = ("check_plot_trajectories_lines", "check_plot_trajectories_count")
MAY_LOSE = ("check_plot_trajectories_labels", "check_plot_trajectories_leaves_inputs")


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        ax.plot(path.numpy(), label=name)
    ax.legend()
    return fig
