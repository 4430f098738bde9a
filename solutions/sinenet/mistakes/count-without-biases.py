"""count_parameters counts the weights and leaves out the biases.

model.parameters() gives both; count each.
"""

LOSES = ("check_count_parameters_of_networks", "check_count_parameters_of_any_model")


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.dim() > 1)
