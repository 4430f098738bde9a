"""The lines are scaled to the pixels of the heatmap, so they do not go through their points.

Plot the points as they are, and tell imshow where the picture lies: extent=(-6, 6, -6, 6).
"""

LOSES = (
    "check_plot_trajectories_extent",
    "check_plot_trajectories_lines",
    "check_plot_trajectories_count",
    "check_plot_trajectories_labels",
    "check_plot_trajectories_leaves_inputs",
)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), origin="lower")
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot((u + 6) * 20, (v + 6) * 20, label=name)
    ax.legend()
    return fig
