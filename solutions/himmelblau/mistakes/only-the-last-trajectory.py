"""Only the last trajectory of the dictionary is drawn.

The call of ax.plot belongs inside the loop over trajectories.items(), indented as far as the rest of it.
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
