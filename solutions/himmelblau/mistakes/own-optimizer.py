"""optimize uses gradient descent of its own with learning rate 0.01, not the optimizer that it is given.

Call make_optimizer([u, v]) and use the optimizer that it returns: the caller chooses it.
"""

LOSES = ("check_optimize_sgd", "check_optimize_momentum", "check_optimize_adaptive", "check_optimize_anywhere")


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = torch.optim.SGD([u, v], lr=0.01)
    path = [(u.item(), v.item())]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.item(), v.item()))
    return torch.tensor(path)
