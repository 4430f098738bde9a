"""train returns nothing.

End with return losses, after the loop.
"""

LOSES = (
    "check_train_returns_floats",
    "check_train_mean_squared_error",
    "check_train_follows_sgd",
    "check_train_learning_rate",
    "check_train_num_iterations",
    "check_train_defaults",
)
MAY_LOSE = (
    "check_capacity_study_rows",
    "check_capacity_study_num_parameters",
    "check_capacity_study_final_loss",
    "check_capacity_study_source_figure",
    "check_capacity_study_each_from_seed",
    "check_capacity_study_leaves_configs",
)


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
