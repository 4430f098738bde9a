"""leaky_relu has the slope 0.01, whatever negative_slope is.

Use the argument: negative_slope * x where x is not positive.
"""

LOSES = ("check_leaky_relu_slope",)


def leaky_relu(x, negative_slope=0.01):
    return torch.where(x > 0, x, 0.01 * x)
