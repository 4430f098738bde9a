"""What a class costs on a Dask cluster against `--jobs 2` of one machine: CPU, as a ratio from one run.

    python -m benchmarks.cluster [ASSIGNMENT]

local    `grade run --jobs 2`, everything included.
cluster  `grade run --executor dask:…` with a scheduler and two workers here: the command, and what the scheduler, the
         workers, their nodes and all below them used meanwhile.
The cluster stands before, as clusters do: what it took to start it is left out, and its nodes are warm. What the
first class costs, which finds workers without nodes, is told apart. CPU is user and system time.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.batch import COUNT, make_class, measured, run
from tests.executors.cluster import Cluster, cluster

TIMES = 3
"""How often each is measured, in turns; the least counts, as another's load only ever adds to it."""

MOST = 1.10


def main(slug: str) -> int:
    """Measure, print the table, and return 1 where the cluster costs more than it may."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "class").mkdir()
        make_class(slug, work / "class")
        with cluster(work / "cluster", workers=2) as made:
            first = _on_cluster(made, slug, work, "first")
            turns = [(_here(slug, work, turn), _on_cluster(made, slug, work, f"c{turn}")) for turn in range(TIMES)]
    here, there = (min(turn[side] for turn in turns) for side in (0, 1))
    print(f"{COUNT} submissions of {slug}, all right; two jobs, two workers; CPU s, the least of {TIMES}\n")
    print("| one machine, --jobs 2 | cluster | ratio | cluster, its first class |")
    print("|---|---|---|---|")
    print(f"| {here:.1f} | {there:.1f} | {there / here:.2f} | {first:.1f} |")
    return int(there > MOST * here)


def _here(slug: str, work: Path, turn: int) -> float:
    return measured(
        lambda: run("-m", "grader", "run", slug, work / "class", "-o", work / f"l{turn}", "--jobs", "2")
    ).cpu


def _on_cluster(made: Cluster, slug: str, work: Path, out: str) -> float:
    arguments = ("-m", "grader", "run", slug, work / "class", "-o", work / out, "--executor", f"dask:{made.address}")
    before = _used(made)
    command = measured(lambda: run(*arguments)).cpu
    return command + _used(made) - before


def _used(made: Cluster) -> float:
    """Add up the CPU of the processes of a cluster, and of all below them that have ended."""
    assert made.scheduler is not None
    roots = [made.scheduler.pid, *(worker.pid for worker in made.workers)]
    ticks = sum(_ticks(pid) for root in roots for pid in _tree(root))
    return ticks / os.sysconf("SC_CLK_TCK")


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _tree(int(child))


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15]))  # its own, and that of children that were waited for


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["himmelblau"]))
