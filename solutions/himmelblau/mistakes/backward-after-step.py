"""The loss is computed before step() and backward() is called after it, when u and v are no longer those of the loss.

The order is loss, zero_grad(), backward(), step(): step() changes u and v in place, and backward() still needs the
old ones.
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
    u = torch.tensor(float(u0), requires_grad=True)
    v = torch.tensor(float(v0), requires_grad=True)
    optimizer = make_optimizer([u, v])
    path = [(u.item(), v.item())]
    for _ in range(num_steps):
        loss = himmelblau(u, v)
        optimizer.step()
        optimizer.zero_grad()
        loss.backward()
        path.append((u.item(), v.item()))
    return torch.tensor(path)
