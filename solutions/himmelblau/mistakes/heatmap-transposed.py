"""The heatmap is transposed: u runs upwards in it, and v to the right.

The rows of the array are v and its columns u: torch.meshgrid with indexing="ij" gives the transpose, which .T
turns back.
"""

LOSES = ("check_plot_trajectories_heatmap",)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[:, None], axis[None, :])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    return fig
