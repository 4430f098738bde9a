"""relu goes through numpy and back: autograd cannot follow it there, and of a single number numpy makes no array.

torch has all that is needed: torch.clamp(x, min=0), torch.maximum(x, torch.zeros_like(x)).
"""

LOSES = ("check_relu_gradients", "check_relu_any_shape")


def relu(x):
    import numpy as np

    return torch.from_numpy(np.maximum(0, x.detach().numpy()))
