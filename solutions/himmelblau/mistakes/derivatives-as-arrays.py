"""gradient returns arrays of numpy's in place of tensors.

Compute with the tensors u and v themselves: what comes out is a tensor then.
"""

LOSES = ("check_gradient_shapes",)


def gradient(u, v):
    u, v = u.numpy(), v.numpy()
    a, b = u**2 + v - 11, u + v**2 - 7
    return 4 * u * a + 2 * b, 2 * a + 4 * v * b
