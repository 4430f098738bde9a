"""count_parameters returns a tensor, where an int is asked for.

p.numel() is an int already; where a tensor comes out, .item() makes a number of it.
"""

LOSES = ("check_count_parameters_of_networks", "check_count_parameters_trainable", "check_count_parameters_shared")


def count_parameters(model):
    return sum(torch.tensor(p.numel()) for p in model.parameters() if p.requires_grad)
