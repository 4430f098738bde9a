"""Hidden checks of sinenet."""
from __future__ import annotations
import torch
from torch import nn
from grader.checks import *

@points(1)
def check_make_data_values(submission, solution):
    """make_data draws X and then y after manual_seed(0)."""
    X, y = as_tuple(submission.make_data(), "make_data()", 2)
    eX, ey = solution.make_data()
    assert_close(X, eX, atol=1e-6, what="X")
    assert_close(y, ey, atol=1e-6, what="y")


@points(1)
@covers("SineNet")
def check_sinenet_forward(submission, draw):
    """SineNet is Linear, Tanh, Linear, Tanh, Linear."""
    net = as_module(submission.SineNet(hidden=5), "SineNet(hidden=5)")
    reference = randomized(nn.Sequential(nn.Linear(1,5), nn.Tanh(), nn.Linear(5,5), nn.Tanh(), nn.Linear(5,1)), 3)
    transplant(net, reference, draw.tensor(7,1,low=-3,high=3), atol=1e-5)
