"""count_parameters counts nn.Linear layers alone.

model.parameters() gives the parameters of every layer, of whatever kind.
"""

LOSES = ("check_count_parameters_trainable",)


def count_parameters(model):
    linear = [module for module in model.modules() if isinstance(module, nn.Linear)]
    return sum(p.numel() for module in linear for p in module.parameters() if p.requires_grad)
