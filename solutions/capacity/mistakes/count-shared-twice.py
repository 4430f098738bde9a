"""count_parameters counts a layer twice that is used twice.

Go over model.parameters(), which names each parameter once.
"""

LOSES = ("check_count_parameters_shared",)


def count_parameters(model):
    named = model.named_parameters(remove_duplicate=False)
    return sum(p.numel() for _, p in named if p.requires_grad)
