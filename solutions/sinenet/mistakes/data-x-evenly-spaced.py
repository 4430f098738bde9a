"""X is evenly spaced, where the task draws it at random.

X = 2 * torch.pi * torch.rand(n, 1), after the seed.
"""

LOSES = ("check_make_data_values", "check_make_data_any_n")


def make_data(n=200):
    torch.manual_seed(0)
    X = torch.linspace(0, 2 * torch.pi, n).reshape(n, 1)
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y
