"""final_loss is the lowest loss of the run, not its last: where the loss jumps, the two are not the same.

Take losses[-1], not min(losses).
"""

LOSES = ("check_capacity_study_source_figure",)


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": min(losses)})
    return results
