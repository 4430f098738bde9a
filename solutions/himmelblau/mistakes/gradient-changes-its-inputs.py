"""gradient writes into the tensors u and v that it is given.

u *= 4 and u.mul_(4) change u itself, for the caller too: 4 * u gives a new tensor.
"""

LOSES = ("check_gradient_leaves_inputs",)


def gradient(u, v):
    a, b = u**2 + v - 11, u + v**2 - 7
    df_dv = 2 * a + 4 * v * b
    u *= 4
    return u * a + 2 * b, df_dv
