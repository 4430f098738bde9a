"""init_weights changes nothing: what it makes is a new tensor, which the layer does not have.

Write into the layer's own weight: nn.init.xavier_uniform_(module.weight); the _ at the end stands for in place.
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
