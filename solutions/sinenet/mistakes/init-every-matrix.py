"""init_weights changes every layer with a weight of two or more dimensions, whether it is a Linear or not.

Ask isinstance(module, nn.Linear), and leave everything else alone.
"""

LOSES = ("check_init_weights_nothing_else",)


def init_weights(module):
    if hasattr(module, "weight") and module.weight.dim() >= 2:
        nn.init.xavier_uniform_(module.weight)
        if getattr(module, "bias", None) is not None:
            nn.init.zeros_(module.bias)
