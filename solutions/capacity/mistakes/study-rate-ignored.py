"""capacity_study does not hand lr on: each run has one and the same learning rate.

train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
"""

LOSES = ("check_capacity_study_final_loss", "check_capacity_study_each_from_seed")


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]})
    return results
