"""The constants 11 and 7 of himmelblau are exchanged, or u and v are.

11 stands beside u^2 + v, and 7 beside u + v^2. Try it at (3, 2), where both terms should be 0.
"""

LOSES = ("check_himmelblau_values", "check_himmelblau_minima")


def himmelblau(u, v):
    return (u**2 + v - 7) ** 2 + (u + v**2 - 11) ** 2
