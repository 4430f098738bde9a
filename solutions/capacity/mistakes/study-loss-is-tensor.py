"""final_loss is a tensor, where a Python float is asked for.

Take losses[-1], which train made a float by .item().
"""

LOSES = ("check_capacity_study_final_loss",)


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": torch.tensor(losses[-1])})
    return results
