"""The optimizer is given u alone, so v never moves.

Call make_optimizer([u, v]): it moves the tensors in this list, and no others.
"""

LOSES = ("check_optimize_sgd", "check_optimize_momentum", "check_optimize_adaptive", "check_optimize_anywhere")


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u])
    path = [(u.item(), v.item())]
    for _ in range(num_steps):
        u.grad = v.grad = None
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.item(), v.item()))
    return torch.tensor(path)
