"""gradient has autograd compute the derivatives, where they are to be worked out by hand.

Work the two formulas out on paper by the chain rule and return them. autograd is good for a comparison
afterwards.
"""

LOSES = ("check_gradient_by_hand",)


def gradient(u, v):
    with torch.enable_grad():
        u, v = u.detach().clone().requires_grad_(), v.detach().clone().requires_grad_()
        return torch.autograd.grad(himmelblau(u, v).sum(), (u, v))
