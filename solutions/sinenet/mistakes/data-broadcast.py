"""X is flat, so that adding the column of noise makes a table of (n, n) numbers of y.

Draw both as columns: torch.rand(n, 1) and torch.randn(n, 1). (n,) and (n, 1) broadcast to (n, n) without a word.
"""

LOSES = ("check_make_data_shapes", "check_make_data_values", "check_make_data_any_n")


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.rand(n)
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y
