"""The warm, single-threaded process that workers are forked from: torch is imported once for a whole batch.

It is a fork of the `grade` process, taken before that has loaded any check, solution or submission. Measured
here, a process of its own would cost 2.5 s of CPU more at each start (a second import of torch, matplotlib and
torch._dynamo), as much as a whole submission in a cold container; a fork costs 10 ms. What a fork inherits is
dealt with: descriptors are closed, the environment and the command line are wiped in place, and no secret has
been read yet. The price is one memory layout for both sides, which only matters to someone who can already
write into the trusted process.
"""

from __future__ import annotations

import array
import contextlib
import ctypes
import gc
import io
import os
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from grader.errors import SandboxError
from grader.sandbox.messages import (
    MAX_MESSAGE,
    Broken,
    Clear,
    Cleared,
    Reap,
    Reaped,
    Spawn,
    Spawned,
    Standing,
    encode,
    orders,
)
from grader.sandbox.start import ENVIRONMENT, THREAD_VARIABLES, become_worker


def one_thread() -> None:
    """Keep numpy and torch to one thread: to be called before either is imported."""
    for name in THREAD_VARIABLES:
        os.environ[name] = "1"
    os.environ["MPLBACKEND"] = "Agg"


def warm(*, notebooks: bool, figures: bool = True, several: bool = True) -> None:
    """Import and initialise, on one thread, whatever a submission would else pay for by itself.

    `notebooks` and `figures` tell whether there may be any. Where there are not `several` submissions, what not every
    one uses is left out: it would be paid for in vain.
    """
    one_thread()
    import torch

    from grader.sandbox.eager import optimizers_without_dynamo

    optimizers_without_dynamo()
    torch.set_num_threads(1)
    net = torch.nn.Sequential(torch.nn.Linear(1, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
    torch.nn.functional.mse_loss(net(torch.randn(8, 1)), torch.zeros(8, 1)).backward()  # type: ignore[no-untyped-call]
    optimizer.step()
    torch.manual_seed(0)
    if several:
        net(torch.ones(8, 1)).backward(torch.ones(8, 1))  # with a vector it imports sympy: 0.3 s
        _draw()
    _import_worker(figures=figures)
    if notebooks:
        from grader import notebook

        notebook.warm()
    if several:
        gc.collect()
    # What is frozen is not touched by later collections, so its pages stay shared with every fork.
    gc.freeze()


def _draw() -> None:
    """Draw and save a figure of each kind."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([0, 1], label="x")
    axes.imshow([[0, 1], [1, 0]])
    axes.contour([[0, 1], [1, 0]])
    axes.legend()
    figure.savefig(io.BytesIO(), format="png")
    plt.close("all")


def _import_worker(*, figures: bool) -> None:
    """Import all that a worker runs, now: after the lockdown our own files are out of its reach."""
    from grader.sandbox.plots import PLOTS

    if not figures:
        PLOTS.leave_out()
    from grader.sandbox import lockdown, probes, worker  # noqa: F401 - see above
    from grader.sandbox.loader import single_process_data_loader

    single_process_data_loader()
    worker.reset(0, worker.RC_PARAMS)


def serve(channel: socket.socket, read_roots: tuple[str, ...], scratch_base: str, layers: frozenset[str]) -> NoReturn:
    """Be the nursery: set up, then carry out orders until the other end is closed. Never returns."""
    code = 1
    try:
        nursery = _Nursery(channel, read_roots, layers)
        nursery.settle(scratch_base)
        nursery.loop()
        code = 0
    except SandboxError as error:
        channel.send(encode(Broken(str(error))))
    except BaseException as error:  # noqa: BLE001 - the edge of a process: say it, and leave without unwinding
        channel.send(encode(Broken(f"{type(error).__name__}: {error}")))
    finally:
        os._exit(code)


class _Nursery:
    def __init__(self, channel: socket.socket, read_roots: tuple[str, ...], layers: frozenset[str]) -> None:
        self.channel = channel
        self.read_roots = read_roots
        self.layers = layers
        self.workers: set[int] = set()
        self.vm_size = 0
        self.tasks = -1

    def settle(self, scratch_base: str) -> None:
        """Let go of all that a worker must not inherit, and take the layers that are taken once."""
        from grader.sandbox import forks, holes, namespaces, seccomp

        self.tasks = os.open("/proc/self/task", os.O_RDONLY | os.O_DIRECTORY)
        forks.step_back(self.channel.fileno(), self.tasks)
        _wipe_arguments_and_environment()
        os.environ.update(ENVIRONMENT)
        _forget_places(self.read_roots)
        _be_the_first_to_go()
        holes.fill_holes()
        self.vm_size = _vm_size()
        taken: tuple[str, ...] = ()
        if "namespaces" in self.layers:
            taken = namespaces.enter(self.read_roots, scratch_base)
            if "namespaces" not in taken:
                raise SandboxError("the namespaces that this machine gave a moment ago are refused now")
        seccomp.template()
        self.channel.send(encode(Standing(taken)))

    def loop(self) -> None:
        """Carry out orders, one at a time."""
        while True:
            data, descriptors, _, _ = socket.recv_fds(self.channel, MAX_MESSAGE, 4)
            if not data:
                return
            match orders.decode(data):
                case Spawn() as order:
                    self._spawn(order, descriptors)
                case Reap(pid):
                    self._reap(pid)
                case Clear(token):
                    self._clear(token)

    def _spawn(self, order: Spawn, descriptors: list[int]) -> None:
        if len(os.listdir(self.tasks)) != 1:  # noqa: PTH208 - a descriptor: /proc has no path any more
            raise SandboxError("the nursery has more than one thread; a fork now would hang")
        nursery = os.getpid()
        pid = os.fork()
        if pid == 0:
            become_worker(order, descriptors, nursery, self.read_roots, self.vm_size, self.layers)
        self.workers.add(pid)
        for descriptor in descriptors:
            os.close(descriptor)
        pidfd = os.pidfd_open(pid)
        self.channel.sendmsg(
            [encode(Spawned(pid))], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [pidfd]))]
        )
        os.close(pidfd)

    def _reap(self, pid: int) -> None:
        _, status, usage = os.wait4(pid, 0)
        self.workers.discard(pid)
        cpu = usage.ru_utime + usage.ru_stime
        self.channel.send(encode(Reaped(os.waitstatus_to_exitcode(status), cpu)))

    def _clear(self, token: int) -> None:
        for pid in self.workers:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        self.workers.clear()
        self.channel.send(encode(Cleared(token)))


def _be_the_first_to_go() -> None:
    """Let the kernel, where memory runs out, end a worker first: they inherit this, and are larger than the nursery."""
    place = Path("/proc/self/oom_score_adj")
    with contextlib.suppress(OSError):  # some containers do not let it be written
        place.write_text(str(min(1000, int(place.read_text()) + 300)))


def _forget_places(read_roots: tuple[str, ...]) -> None:
    """Forget what the interpreter has seen in folders that no worker may read: imports would look there still."""
    readable = tuple(f"{root}{os.sep}" for root in read_roots)
    for place in [place for place in sys.path_importer_cache if not f"{place}{os.sep}".startswith(readable)]:
        del sys.path_importer_cache[place]


def _vm_size() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _wipe_arguments_and_environment() -> None:
    """Overwrite the command line and the environment in place: they may name files or hold tokens."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    arg_start, arg_end, env_start, env_end = (int(field) for field in fields[45:49])
    os.environ.clear()
    sys.argv[:] = [""]
    sys.orig_argv[:] = [""]
    posix_environ: dict[bytes, bytes] = sys.modules["posix"].environ
    posix_environ.clear()
    for start, end in ((arg_start, arg_end), (env_start, env_end)):
        if 0 < start < end:
            ctypes.memset(start, 0, end - start)
