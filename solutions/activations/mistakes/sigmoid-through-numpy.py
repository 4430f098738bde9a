"""sigmoid goes through numpy and back, where autograd cannot follow, and of a single number numpy makes no array.

torch.exp does what np.exp does, and autograd knows its derivative.
"""

LOSES = ("check_sigmoid_gradients", "check_sigmoid_any_shape")


def sigmoid(x):
    import numpy as np

    return torch.from_numpy(1 / (1 + np.exp(-x.detach().numpy())))
