"""Both derivatives have the wrong sign: they point downhill.

A derivative is positive where f rises. The minus of gradient descent belongs to the optimizer's step.
"""

LOSES = ("check_gradient_by_u", "check_gradient_by_v")


def gradient(u, v):
    a, b = u**2 + v - 11, u + v**2 - 7
    return -(4 * u * a + 2 * b), -(2 * a + 4 * v * b)
