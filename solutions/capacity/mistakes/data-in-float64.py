"""The data are float64, where float32 is asked for, as the weights are.

Make them with torch, or end with .float(): what comes from numpy is float64.
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
    x = torch.linspace(0, 2.2, 16).reshape(-1, 1)
    y = torch.cos(2 * torch.pi * x) + 0.1 * torch.randn_like(x)
    return x.double(), y.double()
