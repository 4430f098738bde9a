"""leaky_relu scales the very tensor that it is given, so whoever called it has lost the old values.

Make a new tensor: torch.where(x > 0, x, negative_slope * x).
"""

LOSES = ("check_leaky_relu_gradients", "check_leaky_relu_leaves_input")
MAY_LOSE = ("check_plot_activations_curves",)


def leaky_relu(x, negative_slope=0.01):
    x[x < 0] *= negative_slope
    return x
