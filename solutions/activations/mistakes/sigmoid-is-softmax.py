"""sigmoid divides by the sum over all elements, as softmax does, so each value depends on the others.

1 / (1 + torch.exp(-x)) looks at one element at a time.
"""

LOSES = ("check_sigmoid_values", "check_sigmoid_gradients", "check_sigmoid_any_shape", "check_sigmoid_far_out")


def sigmoid(x):
    return torch.exp(x) / torch.exp(x).sum()
