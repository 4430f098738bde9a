"""The default of negative_slope is 0.1, where the task asks for 0.01.

def leaky_relu(x, negative_slope=0.01)
"""

LOSES = ("check_leaky_relu_values",)


def leaky_relu(x, negative_slope=0.1):
    return torch.where(x > 0, x, negative_slope * x)
