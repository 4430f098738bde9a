"""X and y are flat, of shape (n,) in place of (n, 1).

Draw columns: torch.rand(n, 1) and torch.randn(n, 1). Rows are points, and a layer looks at the last axis.
"""

LOSES = ("check_make_data_shapes",)


def make_data(n=200):
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.rand(n)
    y = torch.sin(X) + 0.1 * torch.randn(n)
    return X, y
