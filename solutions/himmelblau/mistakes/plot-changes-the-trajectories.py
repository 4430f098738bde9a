"""plot_trajectories writes into the trajectories that it is given.

What numpy() and detach() give shares memory with the tensor: work on path.clone(), or compute new values.
"""

LOSES = ("check_plot_trajectories_leaves_inputs",)
MAY_LOSE = ("check_plot_trajectories_lines", "check_plot_trajectories_count", "check_plot_trajectories_labels")


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6), origin="lower")
    for name, path in trajectories.items():
        ax.plot(*path.clone().numpy().T, label=name)
        path += 6
    ax.legend()
    return fig
