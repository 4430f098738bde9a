"""backward() finds no way back to u and v: they do not require gradients, or what it is called on has been cut
off from them.

Make them with torch.tensor(u0, requires_grad=True), compute himmelblau(u, v) from just these, and call
backward() on that, outside torch.no_grad().
"""

LOSES = (
    "check_optimize_result",
    "check_optimize_rows",
    "check_optimize_start",
    "check_optimize_float32",
    "check_optimize_sgd",
    "check_optimize_momentum",
    "check_optimize_adaptive",
    "check_optimize_anywhere",
)


def optimize(make_optimizer, u0, v0, num_steps=100):
    u = torch.tensor(float(u0))
    v = torch.tensor(float(v0))
    optimizer = make_optimizer([u, v])
    path = [(u.item(), v.item())]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append((u.item(), v.item()))
    return torch.tensor(path)
