"""tanh divides by 2 in place of e^x + e^-x, so it is sinh and grows without bound.

(e^x - e^-x) / (e^x + e^-x) stays between -1 and 1.
"""

LOSES = ("check_tanh_values", "check_tanh_gradients", "check_tanh_any_shape", "check_tanh_far_out")


def tanh(x):
    return (torch.exp(x) - torch.exp(-x)) / 2
