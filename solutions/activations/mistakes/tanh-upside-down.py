"""tanh has numerator and denominator exchanged: it is Inf at 0, where it should be 0.

(e^x - e^-x) / (e^x + e^-x): the difference is on top.
"""

LOSES = ("check_tanh_values", "check_tanh_gradients", "check_tanh_any_shape", "check_tanh_far_out")


def tanh(x):
    return (1 + torch.exp(-2 * x)) / (1 - torch.exp(-2 * x))
