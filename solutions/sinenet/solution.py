"""SineNet: fit a noisy sine with a small network, and see what a straight line cannot do."""

import torch
from torch import nn


def make_data(n=200):
    """Draw n points of a noisy sine.

    X = 2 pi rand(n, 1), then y = sin(X) + 0.1 randn(n, 1), after torch.manual_seed(0).

    Returns:
        (X, y), each of shape (n, 1), float32
    """
    ### BEGIN SOLUTION
    torch.manual_seed(0)
    X = 2 * torch.pi * torch.rand(n, 1)
    y = torch.sin(X) + 0.1 * torch.randn(n, 1)
    return X, y
    ### END SOLUTION


class SineNet(nn.Module):
    """At least two hidden layers of width `hidden`, Tanh after each, and one linear output.

    Maps (B, 1) to (B, 1). With exactly two hidden layers of width 64 it has 4353 parameters.
    """

    def __init__(self, hidden=64):
        ### BEGIN SOLUTION
        super().__init__()
        self.fc1 = nn.Linear(1, hidden)
        self.fc2 = nn.Linear(hidden, hidden)
        self.head = nn.Linear(hidden, 1)
        ### END SOLUTION

    def forward(self, x):
        """x: (B, 1) -> (B, 1)."""
        ### BEGIN SOLUTION
        h = torch.tanh(self.fc1(x))
        h = torch.tanh(self.fc2(h))
        return self.head(h)
        ### END SOLUTION


def init_weights(module):
    """Give every nn.Linear Xavier-uniform weights and zero biases; leave all other modules alone.

    Used as model.apply(init_weights), which calls it once for each submodule.
    """
    ### BEGIN SOLUTION
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    ### END SOLUTION


def count_parameters(model):
    """Count the trainable numbers of a model, as an int."""
    ### BEGIN SOLUTION
    return sum(p.numel() for p in model.parameters() if p.requires_grad)
    ### END SOLUTION


def train(model, X, y, lr=0.05, max_epochs=5000, target=0.02):
    """Train the model that was given with full-batch SGD on the mean squared error.

    Record the loss of each epoch, before its step, as a Python float. Stop at the first loss below
    `target`: it is the last one in the list.

    Returns:
        the list of losses
    """
    ### BEGIN SOLUTION
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(max_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        losses.append(loss.item())
        if losses[-1] < target:
            break
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses
    ### END SOLUTION


def fit_linear_baseline(X, y, lr=0.01, num_epochs=5000):
    """Fit a straight line to the same data, with full-batch SGD on the mean squared error.

    Returns:
        (model, final_loss): the trained nn.Linear(1, 1), and its loss as a Python float, about 0.21
    """
    ### BEGIN SOLUTION
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(num_epochs):
        loss = nn.functional.mse_loss(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        final_loss = nn.functional.mse_loss(model(X), y).item()
    return model, final_loss
    ### END SOLUTION
