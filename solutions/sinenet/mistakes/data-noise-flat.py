"""The noise is flat, so that adding it to the column of sines makes a table of (n, n) numbers.

Draw the noise as a column, too: torch.randn(n, 1). (n, 1) and (n,) broadcast to (n, n) without a word.
"""

LOSES = ("check_make_data_shapes", "check_make_data_values", "check_make_data_any_n")


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.rand(n, 1)
    y = torch.sin(X) + 0.1 * torch.randn(n)
    return X, y
