"""optimize takes one step too many, so the path has num_steps + 2 rows.

range(num_steps) runs num_steps times; with the start that makes num_steps + 1 rows.
"""

LOSES = ("check_optimize_rows",)


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = [(u.item(), v.item())]
    for _ in range(num_steps + 1):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.item(), v.item()))
    return torch.tensor(path)
