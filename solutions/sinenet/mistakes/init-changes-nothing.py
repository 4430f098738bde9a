"""init_weights changes nothing in any layer.

Write into the layer's own weight, by nn.init.xavier_uniform_(module.weight): the _ at the end stands for in place.
A new tensor, bound to a name of its own, is not the layer's.
"""

LOSES = (
    "check_init_weights_xavier_uniform",
    "check_init_weights_zero_bias",
    "check_init_weights_subclass",
    "check_init_weights_without_bias",
    "check_init_weights_nothing_else",
)


def init_weights(module):
    if isinstance(module, nn.Linear):
        weight = nn.init.xavier_uniform_(torch.empty_like(module.weight))
        bias = torch.zeros_like(module.bias) if module.bias is not None else None
        return weight, bias
