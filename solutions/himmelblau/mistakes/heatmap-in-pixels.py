"""The heatmap has no extent: it counts pixels, and lies far from the trajectories.

Tell imshow where the picture lies: extent=(-6, 6, -6, 6).
"""

LOSES = ("check_plot_trajectories_extent",)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), origin="lower")
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    return fig
