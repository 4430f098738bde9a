"""The path is an array of numpy's in place of a tensor.

torch.tensor(rows) makes a tensor of a list of pairs of floats, torch.from_numpy(array) of an array.
"""

LOSES = ("check_optimize_float32",)


import numpy as np


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
    return np.array(path, dtype=np.float32)
