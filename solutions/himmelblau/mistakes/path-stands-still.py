"""The path never leaves its start: no step moves u and v.

In each step: zero_grad(), backward(), then step(). zero_grad() after backward() throws the gradients away,
and an optimizer that was given copies moves those.
"""

LOSES = (
    "check_optimize_rows",
    "check_optimize_float32",
    "check_optimize_sgd",
    "check_optimize_momentum",
    "check_optimize_adaptive",
    "check_optimize_anywhere",
)


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = [(u.item(), v.item())]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        path.append((u.item(), v.item()))
    return torch.tensor(path)
