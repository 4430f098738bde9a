"""The result of sigmoid is cut off from x, so autograd finds no derivative.

Tensor arithmetic alone: detach(), .data, .item(), numpy and torch.no_grad() cut the way back to x.
"""

LOSES = ("check_sigmoid_gradients",)


def sigmoid(x):
    return 1 / (1 + torch.exp(-x.detach()))
