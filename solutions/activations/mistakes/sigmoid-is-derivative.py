"""sigmoid returns its derivative s (1 - s), a bump around 0.

Return s = 1 / (1 + torch.exp(-x)) itself; autograd takes the derivative.
"""

LOSES = ("check_sigmoid_values", "check_sigmoid_gradients", "check_sigmoid_any_shape", "check_sigmoid_far_out")


def sigmoid(x):
    s = 1 / (1 + torch.exp(-x))
    return s * (1 - s)
