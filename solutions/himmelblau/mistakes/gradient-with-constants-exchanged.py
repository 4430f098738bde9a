"""The constants 11 and 7 are exchanged in gradient.

11 belongs to u^2 + v, and 7 to u + v^2. At the minimum (3, 2) both derivatives should be 0.
"""

LOSES = ("check_gradient_by_u", "check_gradient_by_v", "check_gradient_minima")


def gradient(u, v):
    a, b = u**2 + v - 7, u + v**2 - 11
    return 4 * u * a + 2 * b, 2 * a + 4 * v * b
