"""The reference of mini."""


def double(x):
    """Return twice x, elementwise."""
    return 2 * x


def total(x):
    """Return the sum of x as a float."""
    return x.sum().item()
