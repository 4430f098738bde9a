"""The lines are labelled with other words than the names in the dictionary.

The keys of the dictionary are the names: for name, path in trajectories.items(), and label=name.
"""

LOSES = ("check_plot_trajectories_labels",)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for number, path in enumerate(trajectories.values()):
        u, v = path.numpy().T
        ax.plot(u, v, label=f"trajectory {number}")
    ax.legend()
    return fig
