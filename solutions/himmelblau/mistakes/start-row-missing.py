"""The path begins after the first step: the start itself is not written down.

Write (u0, v0) down before the loop, then one row after each step: num_steps + 1 rows.
"""

LOSES = ("check_optimize_rows", "check_optimize_start")
MAY_LOSE = ("check_optimize_result",)


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = []
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.item(), v.item()))
    return torch.tensor(path).reshape(-1, 2)
