"""There is one dict for all runs, so that each entry of the list shows the last one.

Make a new dict in each run: a list holds references, not copies.
"""

LOSES = ("check_capacity_study_rows", "check_capacity_study_num_parameters", "check_capacity_study_each_from_seed")


def capacity_study(configs, num_iterations=2000):
    results, row = [], {}
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        row.update(config)
        row["num_parameters"] = count_parameters(model)
        row["final_loss"] = losses[-1]
        results.append(row)
    return results
