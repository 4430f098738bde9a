"""In df/dv the inner derivative 2 v of v^2 is missing.

By the chain rule (b^2)' = 2 b b', and by v the derivative of b = u + v^2 - 7 is 2 v.
"""

LOSES = ("check_gradient_by_v",)
MAY_LOSE = ("check_gradient_minima", "check_gradient_shapes", "check_gradient_by_hand", "check_gradient_leaves_inputs")


def gradient(u, v):
    a, b = u**2 + v - 11, u + v**2 - 7
    return 4 * u * a + 2 * b, 2 * a + 2 * b
