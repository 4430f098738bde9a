"""make_dataset returns arrays of numpy's, where tensors are asked for.

Make them with torch: torch.linspace, torch.cos, torch.randn_like.
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
    return x.numpy(), y.numpy()
