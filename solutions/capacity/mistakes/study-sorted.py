"""capacity_study sorts its dicts, where the order of the configs is asked for.

Append each dict in turn, and return the list as it is.
"""

LOSES = ("check_capacity_study_each_from_seed",)
MAY_LOSE = ("check_capacity_study_rows", "check_capacity_study_num_parameters")


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]})
    return sorted(results, key=lambda row: row["final_loss"])
