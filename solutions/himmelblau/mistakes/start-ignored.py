"""optimize always starts at (-1, 0), whatever u0 and v0 say.

Make u and v from the arguments: torch.tensor(u0, requires_grad=True).
"""

LOSES = ("check_optimize_start", "check_optimize_momentum", "check_optimize_adaptive", "check_optimize_anywhere")


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(-1.0, requires_grad=True)
    v = torch.tensor(0.0, requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = [(u.item(), v.item())]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.item(), v.item()))
    return torch.tensor(path)
