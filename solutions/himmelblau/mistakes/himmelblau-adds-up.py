"""himmelblau adds up all values into one number.

Leave out sum() and mean(): f(u, v) is wanted at every point, in the shape of u and v.
"""

LOSES = (
    "check_himmelblau_values",
    "check_himmelblau_minima",
    "check_himmelblau_shapes",
    "check_himmelblau_broadcasting",
    "check_himmelblau_autograd",
)
MAY_LOSE = (
    "check_plot_trajectories_figure",
    "check_plot_trajectories_extent",
    "check_plot_trajectories_heatmap",
    "check_plot_trajectories_lines",
    "check_plot_trajectories_labels",
    "check_plot_trajectories_count",
    "check_plot_trajectories_leaves_inputs",
)


def himmelblau(u, v):
    return ((u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2).sum()
