"""No curve has a name that can be seen: there is no legend, and no title.

label="tanh" only keeps the name; ax.legend(), after all curves are drawn, shows it.
"""

LOSES = ("check_plot_activations_names",)


def plot_activations(x_min=-5.0, x_max=5.0):
    x = torch.linspace(x_min, x_max, 400)
    fig, ax = plt.subplots()
    for function in (relu, sigmoid, tanh, leaky_relu):
        ax.plot(x, function(x), label=function.__name__)
    ax.set_xlabel("x")
    ax.set_ylabel("activation")
    return fig
