"""init_weights changes layers that are no nn.Linear.

Ask isinstance(module, nn.Linear), and leave everything else alone: other layers have weights, too.
"""

LOSES = ("check_init_weights_nothing_else",)


def init_weights(module):
    if hasattr(module, "weight") and module.weight.dim() >= 2:
        nn.init.xavier_uniform_(module.weight)
        if getattr(module, "bias", None) is not None:
            nn.init.zeros_(module.bias)
