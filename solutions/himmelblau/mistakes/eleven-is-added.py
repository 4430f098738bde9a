"""himmelblau adds 11 in its first term, where it should subtract it.

The first term is (u^2 + v - 11)^2. Try it at (3, 2), where both terms should be 0.
"""

LOSES = ("check_himmelblau_values", "check_himmelblau_minima")


def himmelblau(u, v):
    return (u**2 + v + 11) ** 2 + (u + v**2 - 7) ** 2
