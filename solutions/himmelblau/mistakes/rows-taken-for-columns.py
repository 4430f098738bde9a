"""The first two points of each trajectory are drawn as if they were u and v.

path[0] is the first row, a point. The columns are path[:, 0] and path[:, 1].
"""

LOSES = (
    "check_plot_trajectories_lines",
    "check_plot_trajectories_count",
    "check_plot_trajectories_labels",
    "check_plot_trajectories_leaves_inputs",
)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        ax.plot(path[0].numpy(), path[1].numpy(), label=name)
    ax.legend()
    return fig
