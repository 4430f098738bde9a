"""The memory of one more submission at the same time: proportional set size, in bytes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECONDS_OF_WORK = 3.0

WORKING = f"""
import time
import torch
from torch import nn

x = torch.randn(200, 1)
net = nn.Sequential(nn.Linear(1, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 1))
optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
end = time.monotonic() + {SECONDS_OF_WORK}
while time.monotonic() < end:
    loss = nn.functional.mse_loss(net(x), torch.sin(x))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""


def one_more() -> float:
    """Return the slope of memory from one to three submissions that train at the same time."""
    return (_peak(3) - _peak(1)) / 2


def _peak(jobs: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "class"
        folder.mkdir()
        for number in range(jobs):
            (folder / f"s{number}.py").write_text(WORKING)
        command = [
            sys.executable,
            "-m",
            "grader",
            "run",
            "sinenet",
            str(folder),
            "-o",
            f"{name}/out",
            "--jobs",
            str(jobs),
        ]
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        most = 0.0
        while process.poll() is None:
            most = max(most, sum(map(_pss, _tree(process.pid))))
            time.sleep(0.2)
        return most


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _tree(int(child))


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
