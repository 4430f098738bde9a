"""sigmoid gives float32 whatever comes in.

Leave out float() and fixed dtypes: tensor arithmetic keeps the dtype of x.
"""

LOSES = ("check_sigmoid_any_shape",)


def sigmoid(x):
    return (1 / (1 + torch.exp(-x))).float()
