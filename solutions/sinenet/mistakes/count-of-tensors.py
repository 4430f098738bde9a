"""count_parameters counts the tensors, not the numbers in them.

p.numel() says how many numbers p holds: sum that over model.parameters().
"""

LOSES = ("check_count_parameters_of_networks", "check_count_parameters_of_any_model")


def count_parameters(model):
    return len(list(model.parameters()))
