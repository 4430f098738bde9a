"""The heatmap is upside down: imshow puts row 0 at the top.

Where row 0 holds the smallest v, pass origin="lower".
"""

LOSES = ("check_plot_trajectories_heatmap",)


def plot_trajectories(trajectories):
    axis = torch.linspace(-6, 6, 241)
    values = himmelblau(axis[None, :], axis[:, None])
    fig, ax = plt.subplots()
    ax.imshow(torch.log1p(values).numpy(), extent=(-6, 6, -6, 6))
    for name, path in trajectories.items():
        u, v = path.numpy().T
        ax.plot(u, v, label=name)
    ax.legend()
    return fig
