"""One network is made for all runs, so that each goes on where the one before has ended.

Make a new network in each run, after the seed.
"""

LOSES = ("check_capacity_study_num_parameters", "check_capacity_study_each_from_seed")


def capacity_study(configs, num_iterations=2000):
    torch.manual_seed(0)
    x, y = make_dataset()
    model = NeuralNetFourLayer(H=configs[0]["H"], act=configs[0]["act"])
    results = []
    for config in configs:
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]})
    return results
