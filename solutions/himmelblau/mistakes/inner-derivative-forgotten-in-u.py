"""In df/du the inner derivative 2 u of u^2 is missing.

By the chain rule (a^2)' = 2 a a', and by u the derivative of a = u^2 + v - 11 is 2 u.
"""

LOSES = ("check_gradient_by_u",)
MAY_LOSE = ("check_gradient_minima", "check_gradient_shapes", "check_gradient_by_hand", "check_gradient_leaves_inputs")


def gradient(u, v):
    a, b = u**2 + v - 11, u + v**2 - 7
    return 2 * a + 2 * b, 2 * a + 4 * v * b
