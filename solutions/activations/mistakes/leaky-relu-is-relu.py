"""leaky_relu gives 0 where x is negative: negative_slope is not used at all.

torch.where(x > 0, x, negative_slope * x)
"""

LOSES = (
    "check_leaky_relu_values",
    "check_leaky_relu_slope",
    "check_leaky_relu_gradients",
    "check_leaky_relu_any_shape",
    "check_leaky_relu_leaves_input",
)


def leaky_relu(x, negative_slope=0.01):
    return torch.clamp(x, min=0)
