"""himmelblau computes with numpy, which cannot take tensors that autograd follows.

Use u ** 2 or torch's own functions on u and v: numpy knows nothing of gradients.
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


def himmelblau(u, v):
    u, v = u.numpy(), v.numpy()
    return torch.as_tensor((u**2 + v - 11) ** 2 + (u + v**2 - 7) ** 2)
