"""The weights come from the standard normal distribution, far larger than Xavier's rule has them.

nn.init.xavier_uniform_(module.weight) takes the sizes of the layer into account.
"""

LOSES = ("check_init_weights_xavier_uniform",)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
