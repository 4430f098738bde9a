"""The path is of float64: it has passed through numpy or a double.

torch.tensor(rows) of a list of floats is float32; .float() turns any tensor into it.
"""

LOSES = ("check_optimize_float32",)


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = [(u.item(), v.item())]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.item(), v.item()))
    return torch.tensor(path, dtype=torch.float64)
