"""The noise is drawn before X, so both are other numbers than those of the task.

After the seed, draw X first and the noise after it: each draw takes the next numbers of one stream.
"""

LOSES = ("check_make_data_values", "check_make_data_any_n")


def make_data(n=200):
    torch.manual_seed(0)
    noise = torch.randn(n, 1)
    X = 2 * torch.pi * torch.rand(n, 1)
    return X, torch.sin(X) + 0.1 * noise
