"""The lines have no labels.

Pass each line its name: ax.plot(..., label=name), then ax.legend().
"""

LOSES = ("check_plot_trajectories_labels",)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v)
    return fig
