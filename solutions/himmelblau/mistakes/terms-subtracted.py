"""himmelblau subtracts its second term from the first, where it should add it.

A sum of two squares is never negative. What does your function give at (0, 6)?
"""

LOSES = ("check_himmelblau_values", "check_himmelblau_minima")


def himmelblau(u, v):
    return (u**2 + v - 11) ** 2 - (u + v**2 - 7) ** 2
