"""Only the first trajectory of the dictionary is drawn.

Draw inside the loop over trajectories.items(), and return after it: a return inside the loop ends it.
"""

LOSES = ("check_plot_trajectories_lines", "check_plot_trajectories_labels", "check_plot_trajectories_count")


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
        ax.legend()
        return fig
    return fig
