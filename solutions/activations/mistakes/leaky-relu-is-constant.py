"""leaky_relu gives negative_slope itself where x is negative, and not negative_slope * x.

A slope is multiplied by x: torch.where(x > 0, x, negative_slope * x).
"""

LOSES = (
    "check_leaky_relu_values",
    "check_leaky_relu_slope",
    "check_leaky_relu_gradients",
    "check_leaky_relu_any_shape",
    "check_leaky_relu_leaves_input",
)


def leaky_relu(x, negative_slope=0.01):
    return torch.where(x > 0, x, negative_slope)
