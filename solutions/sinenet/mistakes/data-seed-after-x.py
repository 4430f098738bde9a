"""The seed is set after X was drawn, so it settles the noise alone.

Call torch.manual_seed(0) first, then draw X, then the noise.
"""

LOSES = ("check_make_data_values", "check_make_data_any_n")


def make_data(n=200):
    X = 2 * torch.pi * torch.rand(n, 1)
    torch.manual_seed(0)
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y
