"""capacity_study does not look at the configs: each run is the same as the others.

NeuralNetFourLayer(H=config["H"], act=config["act"]), and lr=config["lr"] in train.
"""

LOSES = (
    "check_capacity_study_num_parameters",
    "check_capacity_study_final_loss",
    "check_capacity_study_each_from_seed",
)


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer()
        losses = train(model, x, y, num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]})
    return results
