"""The legend gives the lines one another's names.

ax.legend(names) names the lines in the order in which they were drawn. ax.plot(..., label=name) ties each
name to its line.
"""

LOSES = ("check_plot_trajectories_labels",)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for path in reversed(trajectories.values()):
        u, v = path.numpy().T
        ax.plot(u, v)
    ax.legend(list(trajectories))
    return fig
