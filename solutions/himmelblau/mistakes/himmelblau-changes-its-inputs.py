"""himmelblau writes into the tensors u and v that it is given.

u *= u and u.pow_(2) change u itself, for the caller too: u ** 2 gives a new tensor.
"""

LOSES = ("check_himmelblau_leaves_inputs",)
MAY_LOSE = (
    "check_himmelblau_autograd",
    "check_himmelblau_broadcasting",
    "check_optimize_result",
    "check_optimize_rows",
    "check_optimize_start",
    "check_optimize_float32",
    "check_optimize_sgd",
    "check_optimize_momentum",
    "check_optimize_adaptive",
    "check_optimize_anywhere",
    "check_plot_trajectories_heatmap",
    "check_plot_trajectories_extent",
    "check_plot_trajectories_lines",
    "check_plot_trajectories_labels",
    "check_plot_trajectories_count",
    "check_plot_trajectories_figure",
    "check_plot_trajectories_leaves_inputs",
)


def himmelblau(u, v):
    a = u**2 + v - 11
    v *= v
    return a**2 + (u + v - 7) ** 2
