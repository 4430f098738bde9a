"""The heatmap is turned by a quarter: its rows are u, and row 0 is at the top.

Two things at once: the rows of the array should be v (transpose it with .T), and origin="lower" puts row 0 at
the bottom.
"""

LOSES = ("check_plot_trajectories_heatmap",)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[:, None], axis[None, :])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6))
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    return fig
