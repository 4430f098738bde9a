"""tanh gives float32 whatever comes in.

Leave out float() and fixed dtypes: tensor arithmetic keeps the dtype of x.
"""

LOSES = ("check_tanh_any_shape",)


def tanh(x):
    return torch.tanh(x).float()
