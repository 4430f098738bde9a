"""relu lets a small part of negative numbers through, as the leaky ReLU does.

Where x is negative, relu is 0: torch.clamp(x, min=0).
"""

LOSES = ("check_relu_values", "check_relu_gradients", "check_relu_any_shape", "check_relu_leaves_input")
MAY_LOSE = ("check_plot_activations_names",)


def relu(x):
    return torch.where(x > 0, x, 0.01 * x)
