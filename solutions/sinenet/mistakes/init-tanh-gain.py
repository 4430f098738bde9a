"""The weights are scaled by the gain for Tanh, 5/3, where the task asks for plain Xavier-uniform.

Call nn.init.xavier_uniform_(module.weight) without a gain.
"""

LOSES = ("check_init_weights_xavier_uniform",)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight, gain=nn.init.calculate_gain("tanh"))
        if module.bias is not None:
            nn.init.zeros_(module.bias)
