"""tanh returns its derivative 1 - t^2, a bump around 0.

Return t itself; autograd takes the derivative.
"""

LOSES = ("check_tanh_values", "check_tanh_gradients", "check_tanh_any_shape", "check_tanh_far_out")


def tanh(x):
    t = 2 / (1 + torch.exp(-2 * x)) - 1
    return 1 - t**2
