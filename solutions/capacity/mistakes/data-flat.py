"""x and y are flat, of shape (16,) in place of (16, 1).

reshape(-1, 1) or unsqueeze(1) makes a column. Rows are points, and a layer looks at the last axis.
"""

LOSES = ("check_make_dataset_shapes",)
MAY_LOSE = (
    "check_capacity_study_rows",
    "check_capacity_study_num_parameters",
    "check_capacity_study_final_loss",
    "check_capacity_study_source_figure",
    "check_capacity_study_each_from_seed",
    "check_capacity_study_leaves_configs",
)


def make_dataset():
    torch.manual_seed(0)
    x = torch.linspace(0, 2.2, 16)
    y = torch.cos(2 * torch.pi * x) + 0.1 * torch.randn_like(x)
    return x, y
