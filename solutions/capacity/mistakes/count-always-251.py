"""count_parameters says 251 of any model.

Count what the given model has: sum p.numel() over model.parameters().
"""

LOSES = (
    "check_count_parameters_of_networks",
    "check_count_parameters_trainable",
    "check_count_parameters_shared",
    "check_capacity_study_num_parameters",
)


def count_parameters(model):
    return 251
