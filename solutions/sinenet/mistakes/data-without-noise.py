"""y has no noise: it is sin(X) alone.

Add 0.1 * torch.randn(n, 1) to torch.sin(X).
"""

LOSES = ("check_make_data_values", "check_make_data_any_n")


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.rand(n, 1)
    return X, torch.sin(X)
