"""The weights never change: no step is taken, or the step finds no gradients.

In each iteration: zero_grad(), then backward(), then step(). Between backward() and step() nothing clears the
gradients.
"""

LOSES = (
    "check_train_returns_floats",
    "check_train_follows_sgd",
    "check_train_given_model",
    "check_train_learning_rate",
    "check_train_num_iterations",
    "check_train_defaults",
    "check_capacity_study_final_loss",
    "check_capacity_study_source_figure",
    "check_capacity_study_each_from_seed",
)


def train(model, x, y, lr=0.05, num_iterations=8000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
    return losses
