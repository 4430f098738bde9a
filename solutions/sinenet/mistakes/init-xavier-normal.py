"""The weights are Xavier-normal, where the task asks for Xavier-uniform.

nn.init.xavier_uniform_ draws evenly between two bounds, xavier_normal_ from a bell curve.
"""

LOSES = ("check_init_weights_xavier_uniform",)


def init_weights(module):
    if isinstance(module, nn.Linear):
        nn.init.xavier_normal_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
