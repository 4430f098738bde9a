"""relu turns negative numbers into positive ones, where they should become 0.

max(0, x), not |x|: torch.clamp(x, min=0).
"""

LOSES = ("check_relu_values", "check_relu_gradients", "check_relu_any_shape", "check_relu_leaves_input")


def relu(x):
    return torch.abs(x)
