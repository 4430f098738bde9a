"""make_data draws 200 points, whatever n is.

Use the argument n in both draws: torch.rand(n, 1), torch.randn(n, 1).
"""

LOSES = ("check_make_data_shapes", "check_make_data_any_n")


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.rand(200, 1)
    y = torch.sin(X) + 0.1 * torch.randn(200, 1)
    return X, y
