"""The path is returned as a list of tensors in place of one tensor.

torch.stack(rows) makes one tensor of a list of tensors of one shape.
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
    path = [torch.stack([u, v]).detach()]
    for _ in range(num_steps):
        optimizer.zero_grad()
        himmelblau(u, v).backward()
        optimizer.step()
        path.append(torch.stack([u, v]).detach())
    return path
