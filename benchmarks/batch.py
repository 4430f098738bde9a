"""What a batch of 40 costs against two yardsticks, as ratios from one run, and what one more at a time costs.

    python -m benchmarks.batch [ASSIGNMENT...]

floor    the student's own calls alone, each timed where it is made, in one warm process: what no grader can
         save. Start-up and checking are not in it.
usual    one `python -m pytest` process a submission with the same checks and no wall: the usual way.
ours     `grade run`, everything included: importing torch, the wall, the checks, writing all pages.
CPU is user and system time of all processes; wall is by the clock, with two jobs.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
COUNT = 40
USUAL = 5
"""How many of them are judged the usual way, which is slow; its table entry is scaled to COUNT."""


@dataclass(frozen=True)
class Cost:
    """CPU and wall time, in seconds."""

    cpu: float
    wall: float


def measured(work: Callable[[], object]) -> Cost:
    """Run work that starts processes, and add up what they and their children used."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.monotonic() - start)


def make_class(slug: str, folder: Path) -> list[Path]:
    """Fill a folder with 40 submissions: the right ones of the corpus, over and over, one a student."""
    right = []
    for path in sorted((ROOT / "tests" / "submissions" / slug).glob("*/expect.toml")):
        if "lost = []" in path.read_text():
            right += [file for file in path.parent.iterdir() if file.suffix in (".py", ".ipynb")][:1]
    made = []
    for number in range(COUNT):
        source = right[number % len(right)]
        made.append(folder / f"student{number:02}{source.suffix}")
        made[-1].write_bytes(source.read_bytes())
    return made


def run(*arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run Python quietly, from the root of the checkout."""
    return subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, *map(str, arguments)],
        cwd=ROOT, env=os.environ | env, capture_output=True, text=True, check=True,
    )  # fmt: skip


def ours(slug: str, folder: Path, out: Path) -> Cost:
    """Grade the class with `grade run`."""
    return measured(lambda: run("-m", "grader", "run", slug, folder, "-o", out, "--jobs", "2"))


def floor(slug: str, folder: Path) -> float:
    """Return the CPU of the students' own calls, in seconds."""
    return float(run("-m", "benchmarks.floor", slug, folder).stdout.split()[-1])


def usual(slug: str, made: list[Path]) -> Cost:
    """Judge each of a few submissions by a pytest process of its own."""
    checks = ROOT / "solutions" / slug / "checks.py"

    def work() -> None:
        for path in made:
            env = {"BENCH_ASSIGNMENT": slug, "BENCH_SUBMISSION": str(path)}
            run("-m", "pytest", "-q", "-W", "ignore", "-p", "benchmarks.direct", checks, **env)

    return measured(work)


def main(slugs: list[str]) -> None:
    """Measure and print the tables."""
    print(f"{COUNT} submissions, all right; {os.cpu_count()} cores, 2 jobs\n")
    print(
        "| assignment | floor, CPU s | ours, CPU s (wall) | ours / floor | beyond the floor, ms a submission "
        "| the same without start-up | usual, CPU s | usual / ours |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for slug in slugs:
        with tempfile.TemporaryDirectory() as name:
            folder, out = Path(name) / "class", Path(name) / "out"
            folder.mkdir()
            made = make_class(slug, folder)
            batch, least = ours(slug, folder, out), floor(slug, folder)
            start_up = ours(slug, made[0], out).cpu - batch.cpu / COUNT
            plain = usual(slug, made[:USUAL]).cpu / USUAL
            beyond = (batch.cpu - least) / COUNT * 1000
            marginal = (batch.cpu - start_up - least) / (COUNT - 1) * 1000
            print(
                f"| {slug} | {least:.1f} | {batch.cpu:.1f} ({batch.wall:.1f}) | {batch.cpu / least:.2f} "
                f"| {beyond:.0f} | {marginal:.0f} | {plain * COUNT:.0f} | {plain * COUNT / batch.cpu:.1f} |",
                flush=True,
            )
    from benchmarks.memory import one_more

    print(f"\nOne more submission at the same time: {one_more() / 1e6:.0f} MB (PSS), job, nursery and worker together.")


if __name__ == "__main__":
    main(sys.argv[1:] or ["sinenet", "himmelblau"])
