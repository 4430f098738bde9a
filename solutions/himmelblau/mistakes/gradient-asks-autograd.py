"""gradient calls backward() or autograd.grad(), which cannot work where it is called: under torch.no_grad().

The formulas are wanted, worked out on paper by the chain rule. backward() is good for a comparison
afterwards.
"""

LOSES = (
    "check_gradient_by_u",
    "check_gradient_by_v",
    "check_gradient_minima",
    "check_gradient_shapes",
    "check_gradient_by_hand",
    "check_gradient_leaves_inputs",
)


def gradient(u, v):
    u, v = u.clone().requires_grad_(), v.clone().requires_grad_()
    himmelblau(u, v).sum().backward()
    return u.grad, v.grad
