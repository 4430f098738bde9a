"""tanh lacks brackets: a - b / a + b divides b by a alone.

(e^x - e^-x) / (e^x + e^-x), with brackets around both.
"""

LOSES = ("check_tanh_values", "check_tanh_gradients", "check_tanh_any_shape", "check_tanh_far_out")


def tanh(x):
    return torch.exp(x) - torch.exp(-x) / torch.exp(x) + torch.exp(-x)
