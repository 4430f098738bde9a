"""The dicts have no entry num_parameters, under just this name.

"num_parameters": count_parameters(model)
"""

LOSES = ("check_capacity_study_num_parameters",)


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({**config, "parameters": count_parameters(model), "final_loss": losses[-1]})
    return results
