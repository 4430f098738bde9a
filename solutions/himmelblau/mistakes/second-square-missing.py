"""The second term of himmelblau is not squared.

Both brackets are squared: ** 2 belongs behind each of them.
"""

LOSES = ("check_himmelblau_values",)
MAY_LOSE = ("check_himmelblau_minima", "check_plot_trajectories_heatmap")


def himmelblau(u, v):
    return (u**2 + v - 11) ** 2 + (u + v**2 - 7)
