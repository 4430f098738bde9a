"""init_weights asks for the exact class, or for its name, so that a subclass of nn.Linear is left out.

Ask isinstance(module, nn.Linear): a subclass is a Linear, too.
"""

LOSES = ("check_init_weights_subclass",)


def init_weights(module):
    if type(module) == nn.Linear:
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
