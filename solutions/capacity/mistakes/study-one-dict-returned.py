"""capacity_study returns one dict, that of a single run.

Append each dict to a list, and return the list.
"""

LOSES = (
    "check_capacity_study_rows",
    "check_capacity_study_num_parameters",
    "check_capacity_study_final_loss",
    "check_capacity_study_source_figure",
    "check_capacity_study_each_from_seed",
    "check_capacity_study_leaves_configs",
)


def capacity_study(configs, num_iterations=2000):
    row = {}
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        row = {**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]}
    return row
