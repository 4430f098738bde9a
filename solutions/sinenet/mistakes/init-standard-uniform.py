"""The weights lie evenly in [0, 1): none is negative, and their size does not go by that of the layer.

nn.init.xavier_uniform_(module.weight) draws evenly around 0, within bounds that go by the sizes of the layer.
"""

LOSES = ("check_init_weights_xavier_uniform",)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
