"""act is a text in the dicts, where the activation itself is asked for.

Keep the module that is in the config.
"""

LOSES = ("check_capacity_study_rows",)


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append(
            {**config, "act": str(config["act"]), "num_parameters": count_parameters(model), "final_loss": losses[-1]}
        )
    return results
