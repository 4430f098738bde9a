"""capacity_study writes its results into the dicts that it is given.

Make new ones: {**config, ...} or dict(config). The configs belong to the caller.
"""

LOSES = ("check_capacity_study_leaves_configs",)


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        config["num_parameters"] = count_parameters(model)
        config["final_loss"] = losses[-1]
        results.append(config)
    return results
