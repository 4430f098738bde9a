"""The cosine is a column and the noise is flat, so that y is a table of (16, 16) numbers.

Make x a column first, and draw randn_like(x): (16, 1) and (16,) broadcast to (16, 16) without a word.
"""

LOSES = (
    "check_make_dataset_shapes",
    "check_make_dataset_values",
    "check_make_dataset_again",
    "check_capacity_study_final_loss",
    "check_capacity_study_source_figure",
    "check_capacity_study_each_from_seed",
)
MAY_LOSE = (
    "check_capacity_study_rows",
    "check_capacity_study_leaves_configs",
)  # a loss may be some right one by chance


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16).reshape(-1, 1)
    y = torch.cos(2 * torch.pi * x) + 0.1 * torch.randn(16)
    return x, y
