"""No trajectory is drawn.

for name, path in trajectories.items(): ax.plot(path[:, 0], path[:, 1], label=name)
"""

LOSES = (
    "check_plot_trajectories_lines",
    "check_plot_trajectories_labels",
    "check_plot_trajectories_count",
    "check_plot_trajectories_leaves_inputs",
)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    return fig
