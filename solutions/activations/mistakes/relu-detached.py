"""The result of relu is cut off from x, so autograd finds no derivative.

Tensor arithmetic alone: detach(), .data, .item(), numpy and torch.no_grad() cut the way back to x.
"""

LOSES = ("check_relu_gradients",)


def relu(x):
    return torch.clamp(x.detach(), min=0)
