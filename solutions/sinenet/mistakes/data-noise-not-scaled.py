"""The noise is ten times too large: it is not multiplied by 0.1.

Add 0.1 * torch.randn(n, 1).
"""

LOSES = ("check_make_data_values", "check_make_data_any_n")


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.rand(n, 1)
    y = torch.sin(X) + torch.randn(n, 1)
    return X, y
