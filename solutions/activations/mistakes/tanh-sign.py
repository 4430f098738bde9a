"""tanh falls where it should rise: its sign is turned.

e^x - e^-x is on top, in this order; in 2 / (1 + e^-2x) - 1 the exponent is negative.
"""

LOSES = ("check_tanh_values", "check_tanh_gradients", "check_tanh_any_shape", "check_tanh_far_out")


def tanh(x):
    return 2 / (1 + torch.exp(2 * x)) - 1
