"""The seed is set once, before the first run, so that each later run depends on those before it.

torch.manual_seed(0) goes into the loop, right at its beginning.
"""

LOSES = ("check_capacity_study_each_from_seed",)


def capacity_study(configs, num_iterations=2000):
    torch.manual_seed(0)
    x, y = make_dataset()
    results = []
    for config in configs:
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]})
    return results
