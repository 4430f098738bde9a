"""gradient adds the two derivatives up into one.

A gradient has one number for each variable: return df_du, df_dv
"""

LOSES = (
    "check_gradient_by_u",
    "check_gradient_by_v",
    "check_gradient_minima",
    "check_gradient_shapes",
    "check_gradient_by_hand",
    "check_gradient_leaves_inputs",
)


def gradient(u, v):
    a, b = u**2 + v - 11, u + v**2 - 7
    return 4 * u * a + 2 * b + 2 * a + 4 * v * b
