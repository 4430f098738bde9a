"""The result of tanh is cut off from x, so autograd finds no derivative.

Tensor arithmetic alone: detach(), .data, .item(), numpy and torch.no_grad() cut the way back to x.
"""

LOSES = ("check_tanh_gradients",)


def tanh(x):
    with torch.no_grad():
        return torch.tanh(x)
