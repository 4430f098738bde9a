"""sigmoid calls math.exp, which takes one number and not a tensor of several.

torch.exp works on every element, and autograd can follow it.
"""

LOSES = ("check_sigmoid_values", "check_sigmoid_gradients", "check_sigmoid_any_shape", "check_sigmoid_far_out")
MAY_LOSE = (
    "check_plot_activations_curves",
    "check_plot_activations_names",
    "check_plot_activations_axes_labels",
    "check_plot_activations_points",
    "check_plot_activations_range",
)


def sigmoid(x):
    import math

    return 1 / (1 + math.exp(-x))
