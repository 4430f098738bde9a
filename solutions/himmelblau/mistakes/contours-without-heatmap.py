"""The function is drawn as contours, where a heatmap is asked for.

Draw the values with ax.imshow(values, extent=..., origin="lower"); contours may come on top of it.
"""

LOSES = ("check_plot_trajectories_extent", "check_plot_trajectories_heatmap")


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.contour(axis, axis, torch.log1p(values).numpy(), levels=20)
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    return fig
