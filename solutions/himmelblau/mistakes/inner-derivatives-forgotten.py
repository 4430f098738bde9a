"""The inner derivatives 2 u and 2 v are missing, so that both derivatives come out the same.

By the chain rule (a^2)' = 2 a a'. By u the derivative of a = u^2 + v - 11 is 2 u, and that of b = u + v^2 - 7
is 1.
"""

LOSES = ("check_gradient_by_u", "check_gradient_by_v")
MAY_LOSE = ("check_gradient_minima", "check_gradient_shapes", "check_gradient_by_hand", "check_gradient_leaves_inputs")


def gradient(u, v):
    a, b = u**2 + v - 11, u + v**2 - 7
    return 2 * a + 2 * b, 2 * a + 2 * b
