"""himmelblau turns tensors into a Python float, so it works on single numbers alone and is cut off from
autograd.

Leave out item() and float(): arithmetic on tensors gives a tensor, and works on every element.
"""

LOSES = (
    "check_himmelblau_values",
    "check_himmelblau_minima",
    "check_himmelblau_shapes",
    "check_himmelblau_broadcasting",
    "check_himmelblau_autograd",
    "check_himmelblau_leaves_inputs",
)
MAY_LOSE = (
    "check_optimize_result",
    "check_optimize_rows",
    "check_optimize_start",
    "check_optimize_float32",
    "check_optimize_sgd",
    "check_optimize_momentum",
    "check_optimize_adaptive",
    "check_optimize_anywhere",
    "check_plot_trajectories_figure",
    "check_plot_trajectories_extent",
    "check_plot_trajectories_heatmap",
    "check_plot_trajectories_lines",
    "check_plot_trajectories_labels",
    "check_plot_trajectories_count",
    "check_plot_trajectories_leaves_inputs",
)
INSTEAD_OF = ("loss-is-a-float",)


def himmelblau(u, v):
    return ((u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2).item()
