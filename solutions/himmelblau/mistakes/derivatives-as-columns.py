"""gradient returns one tensor with the two derivatives side by side in its last dimension.

Return two tensors, each of the shape of u and v: return df_du, df_dv
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
    return torch.stack([4 * u * a + 2 * b, 2 * a + 4 * v * b], dim=-1)
