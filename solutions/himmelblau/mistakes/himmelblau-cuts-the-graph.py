"""himmelblau has the right values, but autograd finds no way back from them to u and v.

detach(), .data, numpy, torch.tensor(...) and torch.no_grad() cut the way back: compute with the tensors u and
v themselves.
"""

LOSES = ("check_himmelblau_autograd",)
MAY_LOSE = (
    "check_optimize_result",
    "check_optimize_rows",
    "check_optimize_start",
    "check_optimize_float32",
    "check_optimize_sgd",
    "check_optimize_momentum",
    "check_optimize_adaptive",
    "check_optimize_anywhere",
)
INSTEAD_OF = ("nothing-to-differentiate",)


def himmelblau(u, v):
    u, v = torch.as_tensor(u).detach().numpy(), torch.as_tensor(v).detach().numpy()
    return torch.as_tensor((u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2)
