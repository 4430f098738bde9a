"""X lies in [0, 1): it is not multiplied by 2 pi.

X = 2 * torch.pi * torch.rand(n, 1) covers one period of the sine.
"""

LOSES = ("check_make_data_values", "check_make_data_any_n")


def make_data(n=200):
    torch.manual_seed(0)
    X = torch.rand(n, 1)
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y
