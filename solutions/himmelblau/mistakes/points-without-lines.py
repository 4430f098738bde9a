"""Each trajectory is drawn as points that no line joins.

ax.plot(u, v) joins the points by a line; add marker="." to see them too. scatter, and formats like "o", draw
points alone.
"""

LOSES = ("check_plot_trajectories_lines", "check_plot_trajectories_count")


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.scatter(u, v, label=name)
    ax.legend()
    return fig
