"""final_loss is computed anew after the last step; the last loss that train recorded is asked for.

Take losses[-1].
"""

LOSES = ("check_capacity_study_final_loss", "check_capacity_study_source_figure", "check_capacity_study_each_from_seed")


def capacity_study(configs, num_iterations=2000):
    results = []
    for config in configs:
        torch.manual_seed(0)
        x, y = make_dataset()
        model = NeuralNetFourLayer(H=config["H"], act=config["act"])
        losses = train(model, x, y, lr=config["lr"], num_iterations=num_iterations)
        results.append(
            {
                **config,
                "num_parameters": count_parameters(model),
                "final_loss": nn.functional.mse_loss(model(x), y).item(),
            }
        )
    return results
