"""tanh is 2 sigmoid(x) - 1, which is tanh(x / 2): it rises half as steeply as it should.

2 sigmoid(2 x) - 1 is tanh(x).
"""

LOSES = ("check_tanh_values", "check_tanh_gradients", "check_tanh_any_shape", "check_tanh_far_out")


def tanh(x):
    return 2 * (1 / (1 + torch.exp(-x))) - 1
