"""tanh lacks the brackets around its denominator: (a - b) / a + b divides by a alone.

(a - b) / (a + b), and then a form that holds for large x: 2 / (1 + torch.exp(-2 * x)) - 1.
"""

LOSES = ("check_tanh_values", "check_tanh_gradients", "check_tanh_any_shape", "check_tanh_far_out")


def tanh(x):
    return (torch.exp(x) - torch.exp(-x)) / torch.exp(x) + torch.exp(-x)
