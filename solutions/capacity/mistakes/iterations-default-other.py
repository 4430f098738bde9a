"""num_iterations has another default than 8000.

def train(model, x, y, lr=0.05, num_iterations=8000)
"""

LOSES = ("check_train_defaults",)


def train(model, x, y, lr=0.05, num_iterations=1000):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(num_iterations):
        loss = nn.functional.mse_loss(model(x), y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
