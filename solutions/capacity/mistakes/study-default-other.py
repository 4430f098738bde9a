"""num_iterations of capacity_study has another default than 2000.

def capacity_study(configs, num_iterations=2000)
"""

LOSES = ("check_capacity_study_each_from_seed",)


def capacity_study(configs, num_iterations=8000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append({**config, "num_parameters": count_parameters(model), "final_loss": losses[-1]})
    return results
