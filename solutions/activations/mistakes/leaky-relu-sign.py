"""leaky_relu turns the sign of negative numbers: it rises again to the left of 0.

negative_slope * x is negative where x is, as it should be; leave out the minus.
"""

LOSES = (
    "check_leaky_relu_values",
    "check_leaky_relu_slope",
    "check_leaky_relu_gradients",
    "check_leaky_relu_any_shape",
    "check_leaky_relu_leaves_input",
)


def leaky_relu(x, negative_slope=0.01):
    return torch.where(x > 0, x, -negative_slope * x)
