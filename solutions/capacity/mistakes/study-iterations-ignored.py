"""The final loss is the same whatever num_iterations is.

Hand it on: train(..., num_iterations=num_iterations), and take the last loss of the list.
"""

LOSES = ("check_capacity_study_final_loss", "check_capacity_study_source_figure", "check_capacity_study_each_from_seed")
MAY_LOSE = (
    "check_capacity_study_rows",
    "check_capacity_study_num_parameters",
    "check_capacity_study_final_loss",
    "check_capacity_study_source_figure",
    "check_capacity_study_each_from_seed",
    "check_capacity_study_leaves_configs",
)


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=100)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]})
    return results
