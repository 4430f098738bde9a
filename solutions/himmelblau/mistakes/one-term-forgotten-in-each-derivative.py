"""Each derivative has only the term in which its own variable is squared.

Both u^2 + v - 11 and u + v^2 - 7 hold u, and both hold v: each derivative has two terms.
"""

LOSES = ("check_gradient_by_u", "check_gradient_by_v")
MAY_LOSE = ("check_gradient_minima", "check_gradient_shapes", "check_gradient_by_hand", "check_gradient_leaves_inputs")


def gradient(u, v):
    return 4 * u * (u**2 + v - 11), 4 * v * (u + v**2 - 7)
