"""capacity_study changes the list that it is given.

Make a list of its own: results = [], and append to that.
"""

LOSES = ("check_capacity_study_leaves_configs",)


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]})
    configs.clear()
    return results
