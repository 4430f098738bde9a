"""A run does not start from torch.manual_seed(0): the same config gives another final loss each time.

First torch.manual_seed(0), then the data and the network: what is drawn before the seed is another one each time.
"""

LOSES = ("check_capacity_study_final_loss", "check_capacity_study_source_figure", "check_capacity_study_each_from_seed")


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        torch.manual_seed(0)
        x, y = make_dataset()
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]})
    return results
