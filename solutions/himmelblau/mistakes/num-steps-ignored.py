"""optimize always takes 100 steps, whatever num_steps says.

Use the argument: for step in range(num_steps).
"""

LOSES = ("check_optimize_rows",)


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = [(u.item(), v.item())]
    for _ in range(100):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.item(), v.item()))
    return torch.tensor(path)
