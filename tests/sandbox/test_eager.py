"""Optimizers without torch._dynamo: the same steps, at less cost."""

from __future__ import annotations

import json
import subprocess
import sys

PROGRAM = """
import json, sys
import torch

if sys.argv[1] == "changed":
    from grader.sandbox.eager import optimizers_without_dynamo
    optimizers_without_dynamo()

seen = {}
for kind in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop, torch.optim.Adagrad):
    torch.manual_seed(0)
    net = torch.nn.Linear(2, 1)
    optimizer = kind(net.parameters(), lr=0.1)
    optimizer.add_param_group({"params": [torch.nn.Parameter(torch.ones(1))]})
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, 2)
    for _ in range(4):
        optimizer.zero_grad()
        net(torch.ones(3, 2)).square().sum().backward()
        optimizer.step()
        schedule.step()
    optimizer.load_state_dict(optimizer.state_dict())
    assert torch.is_grad_enabled()
    seen[kind.__name__] = [*net.weight.flatten().tolist(), net.bias.item(), optimizer.step.__name__]
print(json.dumps([seen, "torch._dynamo" in sys.modules]))
"""


def _run(how: str) -> tuple[dict[str, list[object]], bool]:
    done = subprocess.run([sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    seen, imported = json.loads(done.stdout)
    return seen, imported


def test_optimizers_step_as_torch_makes_them() -> None:
    """Every optimizer takes the same steps to the last bit, and torch._dynamo is not imported for it."""
    as_torch_is, dear = _run("plain")
    ours, imported = _run("changed")

    assert as_torch_is == ours
    assert not imported
    assert dear, "torch does without torch._dynamo by itself: grader/sandbox/eager.py can go"
