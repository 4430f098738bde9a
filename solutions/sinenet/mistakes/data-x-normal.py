"""X comes from torch.randn, which is normal, in place of torch.rand.

torch.rand draws evenly from [0, 1): 2 pi rand(n, 1) covers one period of the sine.
"""

LOSES = ("check_make_data_values", "check_make_data_any_n")


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.randn(n, 1)
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y
