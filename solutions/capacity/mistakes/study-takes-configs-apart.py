"""capacity_study takes entries out of the dicts that it is given.

Read config["H"], without pop: the configs belong to the caller.
"""

LOSES = ("check_capacity_study_leaves_configs",)


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        H, act, lr = config.pop("H"), config.pop("act"), config.pop("lr")
        model = NeuralNetFourLayer(H=H, act=act)
        losses = train(model, x, y, lr=lr, num_iterations=num_iterations)
        results.append(
            {"H": H, "act": act, "lr": lr, "num_parameters": count_parameters(model), "final_loss": losses[-1]}
        )
    return results
