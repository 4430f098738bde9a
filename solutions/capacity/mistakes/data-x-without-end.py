"""x stops one step short of 2.2.

torch.linspace(0, 2.2, 16) holds both ends; arange leaves the end out.
"""

LOSES = ("check_make_dataset_values", "check_make_dataset_again")


def make_dataset():
    torch.manual_seed(0)
    x = torch.arange(16).reshape(-1, 1) * (2.2 / 16)
    y = torch.cos(2 * torch.pi * x) + 0.1 * torch.randn_like(x)
    return x, y
