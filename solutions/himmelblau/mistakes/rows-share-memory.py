"""All rows of the path are the last point: they are references to u and v, which the optimizer changes in place.

Write down copies: u.item(), or u.detach().clone(). detach() and .data alone share memory with u.
"""

LOSES = (
    "check_optimize_start",
    "check_optimize_sgd",
    "check_optimize_momentum",
    "check_optimize_adaptive",
    "check_optimize_anywhere",
)


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = [(u.detach(), v.detach())]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.detach(), v.detach()))
    return torch.stack([torch.stack(row) for row in path])
