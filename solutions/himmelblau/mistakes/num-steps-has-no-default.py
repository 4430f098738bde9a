"""optimize cannot be called without num_steps: its default is missing.

Write def optimize(make_optimizer, u0, v0, num_steps=100).
"""

LOSES = ("check_optimize_rows",)


def optimize(make_optimizer, u0, v0, num_steps):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = [(u.item(), v.item())]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.item(), v.item()))
    return torch.tensor(path)
