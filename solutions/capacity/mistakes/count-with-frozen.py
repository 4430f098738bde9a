"""count_parameters counts parameters that are frozen, too.

Count p where p.requires_grad is True: nobody trains the others.
"""

LOSES = ("check_count_parameters_trainable",)


def count_parameters(model):
    return sum(p.numel() for p in model.parameters())
