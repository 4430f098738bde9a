"""tanh divides e^2x - 1 by e^2x + 1, which is Inf / Inf, NaN, for large x.

Use one exponential that may become Inf or 0: 2 / (1 + torch.exp(-2 * x)) - 1.
"""

LOSES = ("check_tanh_far_out",)


def tanh(x):
    e = torch.exp(2 * x)
    return (e - 1) / (e + 1)
