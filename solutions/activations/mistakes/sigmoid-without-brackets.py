"""sigmoid lacks the brackets around its denominator: 1 / 1 + e^-x is 1 + e^-x.

1 / (1 + torch.exp(-x)): division comes before addition.
"""

LOSES = ("check_sigmoid_values", "check_sigmoid_gradients", "check_sigmoid_any_shape", "check_sigmoid_far_out")


def sigmoid(x):
    return 1 / 1 + torch.exp(-x)
