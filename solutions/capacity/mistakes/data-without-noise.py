"""y has no noise.

Add 0.1 * torch.randn_like(x): what is there to be overfitted otherwise?
"""

LOSES = ("check_make_dataset_values", "check_make_dataset_again")
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
    x = torch.linspace(0, 2.2, 16).reshape(-1, 1)
    y = torch.cos(2 * torch.pi * x)
    return x, y
