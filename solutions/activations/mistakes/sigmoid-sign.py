"""The sign in the exponent of sigmoid is missing, so it falls where it should rise.

1 / (1 + torch.exp(-x)), with the minus.
"""

LOSES = ("check_sigmoid_values", "check_sigmoid_gradients", "check_sigmoid_any_shape", "check_sigmoid_far_out")


def sigmoid(x):
    return 1 / (1 + torch.exp(x))
