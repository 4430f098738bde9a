"""The layer with one output is left out.

Every nn.Linear is to be initialised, the output layer like the others.
"""

LOSES = ("check_init_weights_xavier_uniform", "check_init_weights_zero_bias", "check_init_weights_subclass")


def init_weights(module):
    if isinstance(module, nn.Linear) and module.out_features > 1:
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
