"""The heatmap shows minus f: its valleys look like hills.

Show f itself, or its logarithm. Another colour map, such as cmap="viridis_r", turns the colours around.
"""

LOSES = ("check_plot_trajectories_heatmap",)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(-torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    return fig
