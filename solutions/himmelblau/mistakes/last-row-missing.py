"""Each point is written down before its step, and the last point never is.

Write (u0, v0) down before the loop, then one row after each step: num_steps + 1 rows.
"""

LOSES = ("check_optimize_rows",)
MAY_LOSE = ("check_optimize_result",)


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = []
    for _ in range(num_steps):
        path.append((u.item(), v.item()))
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
    return torch.tensor(path).reshape(-1, 2)
