"""sigmoid writes into the tensor that it is given.

Leave out neg_(), exp_() and the like: a method whose name ends in _ works in place.
"""

LOSES = ("check_sigmoid_gradients", "check_sigmoid_any_shape")
MAY_LOSE = ("check_plot_activations_curves", "check_plot_activations_range")


def sigmoid(x):
    return 1 / (1 + x.neg_().exp_())
