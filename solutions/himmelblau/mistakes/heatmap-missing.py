"""The figure has no heatmap.

Compute himmelblau on a grid from -6 to 6 and draw it with ax.imshow(values, extent=..., origin="lower").
"""

LOSES = ("check_plot_trajectories_extent", "check_plot_trajectories_heatmap")


def plot_trajectories(trajectories):
    fig, ax = plt.subplots()
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    return fig
