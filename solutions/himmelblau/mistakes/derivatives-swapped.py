"""The two derivatives are swapped: df/dv comes first.

Return (df/du, df/dv), in the order of the arguments.
"""

LOSES = ("check_gradient_by_u", "check_gradient_by_v")


def gradient(u, v):
    a, b = u**2 + v - 11, u + v**2 - 7
    return 2 * a + 4 * v * b, 4 * u * a + 2 * b
