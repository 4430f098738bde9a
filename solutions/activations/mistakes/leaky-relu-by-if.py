"""leaky_relu asks `if x > 0`, which has no answer for a tensor of several numbers.

torch.where(x > 0, x, negative_slope * x) decides for each element.
"""

LOSES = (
    "check_leaky_relu_values",
    "check_leaky_relu_slope",
    "check_leaky_relu_gradients",
    "check_leaky_relu_any_shape",
    "check_leaky_relu_leaves_input",
)
MAY_LOSE = (
    "check_plot_activations_curves",
    "check_plot_activations_names",
    "check_plot_activations_axes_labels",
    "check_plot_activations_points",
    "check_plot_activations_range",
)


def leaky_relu(x, negative_slope=0.01):
    if x > 0:
        return x
    return negative_slope * x
