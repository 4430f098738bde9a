"""himmelblau cuts its values to whole numbers.

Leave out int(), long() and integer dtypes: between whole numbers f would be flat, and have no slope.
"""

LOSES = ("check_himmelblau_values", "check_himmelblau_shapes", "check_himmelblau_autograd")
MAY_LOSE = (
    "check_himmelblau_minima",
    "check_himmelblau_broadcasting",
    "check_himmelblau_leaves_inputs",
    "check_optimize_result",
    "check_optimize_rows",
    "check_optimize_start",
    "check_optimize_float32",
    "check_optimize_sgd",
    "check_optimize_momentum",
    "check_optimize_adaptive",
    "check_optimize_anywhere",
    "check_plot_trajectories_heatmap",
)
INSTEAD_OF = ("nothing-to-differentiate",)


def himmelblau(u, v):
    return ((u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2).long()
