"""gradient turns its derivatives into Python floats, so it works on single numbers alone.

Leave out item() and float(): arithmetic on tensors gives a tensor, and works on every element.
"""

LOSES = (
    "check_gradient_by_u",
    "check_gradient_by_v",
    "check_gradient_minima",
    "check_gradient_shapes",
    "check_gradient_by_hand",
    "check_gradient_leaves_inputs",
)


def gradient(u, v):
    a, b = u**2 + v - 11, u + v**2 - 7
    return (4 * u * a + 2 * b).item(), (2 * a + 4 * v * b).item()
