"""relu returns its derivative, 0 or 1, where x itself is to be kept if it is positive.

x * (x > 0), or torch.clamp(x, min=0): the comparison alone only says where.
"""

LOSES = ("check_relu_values", "check_relu_gradients", "check_relu_any_shape", "check_relu_leaves_input")


def relu(x):
    return (x > 0).to(x.dtype)
