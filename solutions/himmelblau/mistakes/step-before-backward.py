"""Each step is taken with the gradient of the point before: step() is called before backward().

The order is zero_grad(), backward(), step(), and then the new point is written down.
"""

LOSES = ("check_optimize_sgd", "check_optimize_momentum", "check_optimize_adaptive", "check_optimize_anywhere")


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = [(u.item(), v.item())]
    for _ in range(num_steps):
        optimizer.step()
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        path.append((u.item(), v.item()))
    return torch.tensor(path)
