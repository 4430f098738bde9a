"""The factor 2 is missing in both derivatives: (a^2)' is 2 a a'.

The derivative of a square brings its exponent down as a factor. Compare with what backward() leaves in .grad.
"""

LOSES = ("check_gradient_by_u", "check_gradient_by_v")
MAY_LOSE = ("check_gradient_shapes", "check_gradient_by_hand", "check_gradient_leaves_inputs")


def gradient(u, v):
    a, b = u**2 + v - 11, u + v**2 - 7
    return 2 * u * a + b, a + 2 * v * b
