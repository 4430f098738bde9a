"""count_parameters counts the weights and leaves out the biases.

model.parameters() gives both; count each.
"""

LOSES = ("check_count_parameters_of_networks", "check_count_parameters_trainable", "check_count_parameters_shared")


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad and p.dim() > 1)
