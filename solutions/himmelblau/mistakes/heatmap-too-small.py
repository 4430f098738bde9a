"""The heatmap ends before -6 and 6 on all sides.

Compute f from -6 to 6 in u and in v, and tell imshow the same: extent=(-6, 6, -6, 6).
"""

LOSES = ("check_plot_trajectories_extent",)


def plot_trajectories(trajectories):
    axis = torch.linspace(-5, 5, 201)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-5, 5, -5, 5), origin="lower")
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    return fig
