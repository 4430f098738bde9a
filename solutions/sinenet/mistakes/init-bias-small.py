"""The biases are set to 0.01, where the task asks for zero.

nn.init.zeros_(module.bias) writes zeros; a small positive bias is a habit from ReLU.
"""

LOSES = ("check_init_weights_zero_bias",)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.constant_(module.bias, 0.01)
