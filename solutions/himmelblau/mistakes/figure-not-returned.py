"""plot_trajectories returns nothing: its return is missing.

plt.show() shows the figure, and gives nothing back: end with return fig.
"""

LOSES = (
    "check_plot_trajectories_figure",
    "check_plot_trajectories_extent",
    "check_plot_trajectories_heatmap",
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
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    plt.show()
