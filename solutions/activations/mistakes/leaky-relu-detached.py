"""The result of leaky_relu is cut off from x, so autograd finds no derivative.

Tensor arithmetic alone: detach(), .data, .item(), numpy and torch.no_grad() cut the way back to x.
"""

LOSES = ("check_leaky_relu_gradients",)


def leaky_relu(x, negative_slope=0.01):
    x = x.detach()
    return torch.where(x > 0, x, negative_slope * x)
