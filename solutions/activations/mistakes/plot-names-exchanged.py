"""The names of the curves are exchanged: each is there, but some stand beside the wrong curve.

Give each curve its name where it is drawn, ax.plot(x, relu(x), label="relu"), rather than all in a list afterwards.
"""

LOSES = ("check_plot_activations_names",)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 400)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(x, function(x), label=function.__name__)
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    ax.legend(["sigmoid", "relu", "tanh", "leaky_relu"])
    return fig
