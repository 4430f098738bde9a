"""A locked worker at its limits: what ends there, and the honest work that goes on within them."""

from __future__ import annotations

import importlib
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.sandbox import lockdown

GIVEN = frozenset(lockdown.available())
MEBIBYTE = 1 << 20

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a worker a uid of its own")


def test_no_process_can_be_forked(place: Any, in_child: Callable[..., Any]) -> None:
    """Neither fork nor a program: there are no bombs, no daemons and no survivors."""

    def bomb() -> list[str]:
        place.lock(GIVEN)
        import subprocess

        said = []
        for attempt in (os.fork, lambda: subprocess.run(["true"], check=True), lambda: os.system("true")):  # noqa: S605, S607 - to be refused
            try:
                said.append(str(attempt()))
            except OSError as refusal:
                said.append(type(refusal).__name__)
        return said

    assert in_child(bomb).value == ["PermissionError", "PermissionError", "32512"]


def test_memory_ends_at_the_allowance(place: Any, in_child: Callable[..., Any]) -> None:
    """Memory beyond the allowance is an ordinary Python error, from Python as from torch."""
    torch = pytest.importorskip("torch")

    def greedy() -> list[str]:
        place.lock(GIVEN, memory=256 * MEBIBYTE)
        said = []
        for attempt in (lambda: bytearray(600 * MEBIBYTE), lambda: torch.ones(150 * MEBIBYTE)):
            try:
                attempt()
                said.append("had it")
            except (MemoryError, RuntimeError) as error:
                said.append(type(error).__name__)
        return [*said, str(len(bytearray(MEBIBYTE)))]

    assert in_child(greedy).value == ["MemoryError", "RuntimeError", str(MEBIBYTE)]


def test_cpu_and_file_size_end_at_their_limits(place: Any, in_child: Callable[..., Any]) -> None:
    """A file stops growing at its limit, and an endless loop that ignores the warning is killed."""

    def endless() -> None:
        place.lock(GIVEN, cpu_seconds=1, file_bytes=MEBIBYTE)
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        try:
            Path("big").write_bytes(bytes(2 * MEBIBYTE))
        except OSError:
            while True:
                pass

    assert in_child(endless).exit_code == -signal.SIGKILL


@needs_root
def test_threads_end_at_their_limit(place: Any, in_child: Callable[..., Any]) -> None:
    """Threads are to be had, but not thousands, however small their stacks are."""

    def bomb() -> int:
        import threading

        threading.stack_size(64 * 1024)
        place.lock(GIVEN, threads=20)
        stop = threading.Event()
        started = 0
        try:
            for _ in range(100):
                threading.Thread(target=stop.wait, daemon=True).start()
                started += 1
        except RuntimeError:
            pass
        stop.set()
        return started

    assert 10 <= in_child(bomb).value <= 20


def study() -> dict[str, Any]:
    """Do what submissions do, and return what came of it."""
    import asyncio
    import shutil
    import tempfile
    import threading

    import matplotlib.pyplot as plt
    import numpy as np
    import torch

    net = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        net(torch.ones(2, 4)).square().mean().backward()
        optimizer.step()
    torch.save(net.state_dict(), "net.pt")
    torch.conv2d(torch.ones(1, 1, 8, 8), torch.ones(1, 1, 3, 3))
    torch.linalg.svd(torch.rand(8, 8))
    np.save("x.npy", np.arange(3))
    figure, axes = plt.subplots()
    axes.plot([0, 1], label="$x^2$")
    figure.savefig("plot.png")
    shutil.copy2("x.npy", "copy.npy")
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"x")
    seen: list[int] = []
    threads = [threading.Thread(target=seen.append, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "keys": len(torch.load("net.pt", weights_only=True)),
        "numbers": int(np.load("copy.npy", mmap_mode="r").sum()),
        "png": Path("plot.png").read_bytes()[1:4].decode(),
        "threads": sorted(seen),
        "asyncio": asyncio.run(asyncio.sleep(0, "slept")),
    }


def test_honest_work_goes_on(place: Any, in_child: Callable[..., Any]) -> None:
    """Training, figures, files in scratch, temporary files, threads and asyncio work as ever."""
    mpl = pytest.importorskip("matplotlib")
    torch = pytest.importorskip("torch")
    mpl.use("Agg")
    torch.set_num_threads(1)
    importlib.import_module("matplotlib.pyplot")
    torch.optim.SGD([torch.zeros(1)], lr=0.1)  # as the nursery does: the first one imports half of torch

    def worker() -> dict[str, Any]:
        place.lock(GIVEN)
        return study()

    ended = in_child(worker)

    expected = {"keys": 4, "numbers": 3, "png": "PNG", "threads": [0, 1, 2, 3], "asyncio": "slept"}
    assert (ended.error, ended.value) == ("", expected)
