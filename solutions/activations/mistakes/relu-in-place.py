"""relu writes its zeros into the tensor that it is given, so whoever called it has lost the old values.

Make a new tensor: torch.where(x > 0, x, torch.zeros_like(x)), or torch.clamp(x, min=0).
"""

LOSES = ("check_relu_gradients", "check_relu_leaves_input")
MAY_LOSE = ("check_plot_activations_range",)


def relu(x):
    x[x < 0] = 0
    return x
