"""A Dask cluster on this machine: a real scheduler and real worker processes, as people start them by hand."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

_DASK = (sys.executable, "-c", "from dask.__main__ import main; main()")


@dataclass
class Cluster:
    """Processes of a cluster, each with its log in a folder."""

    folder: Path
    port: int
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Give the address of the scheduler."""
        return f"tcp://127.0.0.1:{self.port}"

    def add_worker(self, *, path: Path | None = None, port: int = 0) -> int:
        """Start a worker, which may import from `path` first, and wait until the scheduler knows it; its number."""
        number = len(self.workers)
        python_path = os.pathsep.join(filter(None, [str(path or ""), os.environ.get("PYTHONPATH", "")]))
        self.workers.append(
            self._start(
                f"worker{number}", "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                "--local-directory", str(self.folder / f"scratch{number}"), "--worker-port", str(port),
                env={"PYTHONPATH": python_path},
            )
        )  # fmt: skip
        self._wait_for(f"worker{number}", "Registered to")
        return number

    def kill_worker(self, number: int) -> None:
        """Kill a worker as a machine that dies does."""
        self.workers[number].send_signal(signal.SIGKILL)
        self.workers[number].wait()

    def nodes(self) -> list[int]:
        """List the nodes that the workers keep, by process id; each leads a session of its own."""
        listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True)  # noqa: S607 - ps
        parents = {str(worker.pid) for worker in self.workers}
        rows = [row.split(maxsplit=2) for row in listed.stdout.splitlines()]
        return [int(row[0]) for row in rows if row[1] in parents and "grader.executors.node" in row[2]]

    def start_scheduler(self) -> None:
        """Start the scheduler, and wait until it listens."""
        self.scheduler = self._start("scheduler", "scheduler", "--port", str(self.port), "--no-dashboard")
        self._wait_for("scheduler", "Scheduler at")

    def stop(self) -> None:
        """Kill whatever is left."""
        for process in (*self.workers, self.scheduler):
            if process is not None:
                with suppress(ProcessLookupError):
                    process.kill()
                process.wait()

    def _start(self, name: str, *arguments: str, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - ours
                [*_DASK, *arguments, "--host", "127.0.0.1"], stdout=log, stderr=log, env=os.environ | (env or {})
            )

    def _wait_for(self, name: str, words: str) -> None:
        log = self.folder / f"{name}.log"
        end = time.monotonic() + 60
        while words not in log.read_text():
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.05)


@contextmanager
def cluster(folder: Path, *, workers: int) -> Iterator[Cluster]:
    """Run a cluster for as long as the block."""
    folder.mkdir()
    made = Cluster(folder, free_port())
    try:
        made.start_scheduler()
        for _ in range(workers):
            made.add_worker()
        yield made
    finally:
        made.stop()


def free_port() -> int:
    """Find a port where nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
