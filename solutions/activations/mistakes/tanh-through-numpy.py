"""tanh goes through numpy and back, where autograd cannot follow, and of a single number numpy makes no array.

torch.exp does what np.exp does, and autograd knows its derivative.
"""

LOSES = ("check_tanh_gradients", "check_tanh_any_shape")


def tanh(x):
    import numpy as np

    return torch.from_numpy(np.tanh(x.detach().numpy()))
