"""sigmoid divides e^x by 1 + e^x, which is Inf / Inf, NaN, for large x.

1 / (1 + torch.exp(-x)) is the same function, and 1 / Inf is 0.
"""

LOSES = ("check_sigmoid_far_out",)


def sigmoid(x):
    return torch.exp(x) / (1 + torch.exp(x))
