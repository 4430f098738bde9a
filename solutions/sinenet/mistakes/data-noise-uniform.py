"""The noise comes from torch.rand, which is uniform in [0, 1), in place of torch.randn.

torch.randn draws from the normal distribution, around 0: rand lifts every y by half its width.
"""

LOSES = ("check_make_data_values", "check_make_data_any_n")


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.rand(n, 1)
    y = torch.sin(X) + 0.1 * torch.rand(n, 1)
    return X, y
