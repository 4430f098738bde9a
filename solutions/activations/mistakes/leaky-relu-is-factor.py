"""leaky_relu gives the factor, 1 or negative_slope, without x.

torch.where(x > 0, x, negative_slope * x): the factor is multiplied by x.
"""

LOSES = (
    "check_leaky_relu_values",
    "check_leaky_relu_slope",
    "check_leaky_relu_gradients",
    "check_leaky_relu_any_shape",
    "check_leaky_relu_leaves_input",
)


def leaky_relu(x, negative_slope=0.01):
    return torch.where(x > 0, torch.ones_like(x), negative_slope * torch.ones_like(x))
