"""tanh takes the formula as it stands, which is Inf / Inf, NaN, far from 0.

Use one exponential that may become Inf or 0: 2 / (1 + torch.exp(-2 * x)) - 1.
"""

LOSES = ("check_tanh_far_out",)


def tanh(x):
    return (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))
