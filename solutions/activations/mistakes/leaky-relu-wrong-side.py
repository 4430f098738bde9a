"""leaky_relu scales the positive numbers and keeps the negative ones: its sides are exchanged.

torch.where(x > 0, x, negative_slope * x): the second argument is for where the condition holds.
"""

LOSES = (
    "check_leaky_relu_values",
    "check_leaky_relu_slope",
    "check_leaky_relu_gradients",
    "check_leaky_relu_any_shape",
    "check_leaky_relu_leaves_input",
)


def leaky_relu(x, negative_slope=0.01):
    return torch.where(x > 0, negative_slope * x, x)
