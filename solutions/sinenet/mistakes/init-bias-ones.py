"""The biases are set to one, where the task asks for zero.

nn.init.zeros_(module.bias) writes zeros.
"""

LOSES = ("check_init_weights_zero_bias",)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.ones_(module.bias)
