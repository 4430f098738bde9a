"""The dicts hold the results alone, without H, act and lr.

Start from a copy of the config: {**config, "num_parameters": ..., "final_loss": ...}.
"""

LOSES = ("check_capacity_study_rows",)


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({"num_parameters": count_parameters(model), "final_loss": losses[-1]})
    return results
