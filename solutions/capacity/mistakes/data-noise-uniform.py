"""The noise is uniform, where the task asks for normal noise.

torch.randn_like(x), with an n, draws from the normal distribution; rand_like lies between 0 and 1.
"""

LOSES = ("check_make_dataset_values", "check_make_dataset_again")


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16).reshape(-1, 1)
    y = torch.cos(2 * torch.pi * x) + 0.1 * torch.rand_like(x)
    return x, y
