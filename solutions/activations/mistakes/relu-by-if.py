"""relu asks `if x > 0`, which has no answer for a tensor of several numbers.

torch.where(x > 0, x, torch.zeros_like(x)) decides for each element; so does torch.clamp(x, min=0).
"""

LOSES = ("check_relu_values", "check_relu_gradients", "check_relu_any_shape", "check_relu_leaves_input")
MAY_LOSE = (
    "check_plot_activations_curves",
    "check_plot_activations_names",
    "check_plot_activations_axes_labels",
    "check_plot_activations_points",
    "check_plot_activations_range",
)


def relu(x):
    if x > 0:
        return x
    return 0 * x
