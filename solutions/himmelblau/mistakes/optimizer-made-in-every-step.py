"""A new optimizer is made in every step, and forgets what momentum, Adam and RMSprop remember.

Call make_optimizer([u, v]) once, before the loop, and use what it returns in every step.
"""

LOSES = ("check_optimize_momentum", "check_optimize_adaptive", "check_optimize_anywhere")


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    path = [(u.item(), v.item())]
    for _ in range(num_steps):
        optimizer = make_optimizer([u, v])
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.item(), v.item()))
    return torch.tensor(path)
