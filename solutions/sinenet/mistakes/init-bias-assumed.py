"""init_weights takes it for granted that a layer has a bias, and stops at one with bias=False.

Ask first: if module.bias is not None.
"""

LOSES = ("check_init_weights_without_bias",)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        nn.init.zeros_(module.bias)
