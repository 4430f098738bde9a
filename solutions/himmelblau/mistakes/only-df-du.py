"""gradient returns df/du alone.

Return both derivatives: return df_du, df_dv
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
    return 4 * u * (u**2 + v - 11) + 2 * (u + v**2 - 7)
