"""The function is drawn with pcolormesh, where imshow is asked for.

Draw the values with ax.imshow(values, extent=(-6, 6, -6, 6), origin="lower").
"""

LOSES = ("check_plot_trajectories_extent", "check_plot_trajectories_heatmap")


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.pcolormesh(axis, axis, torch.log1p(values).numpy())
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    return fig
