"""The lines are labelled with one another's names.

Take each name together with its path: for name, path in trajectories.items(), and label=name.
"""

LOSES = ("check_plot_trajectories_labels",)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in zip(reversed(trajectories), trajectories.values()):
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    return fig
