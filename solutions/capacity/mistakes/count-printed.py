"""count_parameters prints the count, and returns nothing.

End it with return: what is printed nobody can use.
"""

LOSES = ("check_count_parameters_of_networks", "check_count_parameters_trainable", "check_count_parameters_shared")
MAY_LOSE = ("check_capacity_study_num_parameters",)


def count_parameters(model):
    print(sum(p.numel() for p in model.parameters() if p.requires_grad))
