"""count_parameters counts the tensors, not the numbers in them.

p.numel() says how many numbers p holds: sum that over model.parameters().
"""

LOSES = (
    "check_count_parameters_of_networks",
    "check_count_parameters_trainable",
    "check_count_parameters_shared",
    "check_capacity_study_num_parameters",
)


def count_parameters(model):
    return len(list(model.parameters()))
