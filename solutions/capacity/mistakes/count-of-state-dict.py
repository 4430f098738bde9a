"""count_parameters counts what is in state_dict(): there buffers are, too, and what is used twice stands twice.

Go over model.parameters(), which holds each parameter once, and count those that require a gradient.
"""

LOSES = ("check_count_parameters_trainable", "check_count_parameters_shared")


def count_parameters(model):
    return sum(value.numel() for value in model.state_dict().values())
