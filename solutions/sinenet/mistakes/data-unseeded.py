"""make_data does not set the seed, so it draws other points in each call.

Call torch.manual_seed(0) inside make_data, before anything is drawn: once at the top of the file does not last.
"""

LOSES = ("check_make_data_values", "check_make_data_any_n")


def make_data(n=200):
    X = 2 * torch.pi * torch.rand(n, 1)
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y
