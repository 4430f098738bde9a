"""capacity_study returns the dict of a single run, where there should be one for each config.

Make the list before the loop, append a dict in each run, and return the list after the loop.
"""

LOSES = (
    "check_capacity_study_rows",
    "check_capacity_study_num_parameters",
    "check_capacity_study_each_from_seed",
    "check_capacity_study_leaves_configs",
)


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]})
        return results
    return results
