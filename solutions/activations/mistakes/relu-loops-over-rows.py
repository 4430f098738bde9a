"""relu loops over x, which goes wrong for a single number, and for what has more than one dimension.

Leave out the loop: torch.clamp(x, min=0) works on every element, whatever the shape.
"""

LOSES = ("check_relu_any_shape",)


def relu(x):
    return torch.stack([v if v > 0 else 0 * v for v in x])
