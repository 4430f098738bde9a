"""The two terms of himmelblau are added without being squared.

Each term is a whole bracket squared: (...) ** 2 + (...) ** 2. A sum of squares is never negative.
"""

LOSES = ("check_himmelblau_values", "check_himmelblau_minima")
MAY_LOSE = (
    "check_himmelblau_shapes",
    "check_himmelblau_broadcasting",
    "check_himmelblau_leaves_inputs",
    "check_plot_trajectories_heatmap",
)


def himmelblau(u, v):
    return (u**2 + v - 11) + (u + v**2 - 7)
