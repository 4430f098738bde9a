"""The weights are Kaiming-uniform, where the task asks for Xavier-uniform.

nn.init.xavier_uniform_(module.weight) suits Tanh; Kaiming's rule is made for ReLU.
"""

LOSES = ("check_init_weights_xavier_uniform",)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.kaiming_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
