"""The cosine is that of x itself, where that of 2 pi x is asked for.

y = torch.cos(2 * torch.pi * x) + 0.1 * torch.randn_like(x)
"""

LOSES = ("check_make_dataset_values", "check_make_dataset_again")


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16).reshape(-1, 1)
    y = torch.cos(x) + 0.1 * torch.randn_like(x)
    return x, y
