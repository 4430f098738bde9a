"""What a batch of 40 costs against two yardsticks, as ratios from one run, and what one more at a time costs.

    python -m benchmarks.batch [ASSIGNMENT...]

Two classes: one that is all right, and one of which half is wrong, so that mistakes are diagnosed too.

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
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
COUNT = 40
USUAL = 5
"""How many of them are judged the usual way, which is slow; its table entry is scaled to COUNT."""

TIMES, MOST_TIMES, LONG = 2, 6, 60.0
"""How often each is measured, in turns, and how often where the floor is below LONG seconds: a machine that others
use too runs a third slower at times. The least counts, as that only ever adds to it."""


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


def make_class(slug: str, folder: Path, *, half_wrong: bool = False) -> list[Path]:
    """Fill a folder with 40 submissions of the corpus, one a student: all of them right, or every other one wrong."""
    right, wrong = _corpus(slug)
    made = []
    for number in range(COUNT):
        chosen, place = (wrong if number % 2 else right, number // 2) if half_wrong else (right, number)
        source = chosen[place % len(chosen)]
        made.append(folder / f"student{number:02}{source.suffix}")
        made[-1].write_bytes(source.read_bytes())
    return made


def _corpus(slug: str) -> tuple[list[Path], list[Path]]:
    """List the right submissions of the corpus, and the wrong ones that are neither hostile nor endless."""
    right, wrong = [], []
    for path in sorted((ROOT / "tests" / "submissions" / slug).glob("*/expect.toml")):
        expected = tomllib.loads(path.read_text())
        (file,) = [file for file in path.parent.iterdir() if file.suffix in (".py", ".ipynb")][:1]
        if expected.get("lost") == []:
            right.append(file)
        elif expected.get("status", "graded") == "graded" and not path.parent.name.startswith(("hostile_", "endless_")):
            wrong.append(file)
    return right, wrong


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
    print(
        f"{COUNT} submissions; {os.cpu_count()} cores, 2 jobs; the usual way measured on {USUAL} of them and scaled\n"
    )
    print(
        "| assignment, class | floor, CPU s | ours, CPU s (wall) | ours / floor | beyond the floor, ms a submission "
        "| the same without start-up | usual, CPU s | usual / ours |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for slug in slugs:
        for half_wrong in (False, True):
            with tempfile.TemporaryDirectory() as name:
                print(_row(slug, Path(name), half_wrong=half_wrong), flush=True)
    from benchmarks.memory import one_more

    print(f"\nOne more submission at the same time: {one_more() / 1e6:.0f} MB (PSS), job, nursery and worker together.")


def _row(slug: str, work: Path, *, half_wrong: bool) -> str:
    folder, out = work / "class", work / "out"
    folder.mkdir()
    made = make_class(slug, folder, half_wrong=half_wrong)
    turns = [_turn(slug, folder, out / "0")]
    times = TIMES if turns[0][1] > LONG else MOST_TIMES
    turns += [_turn(slug, folder, out / str(number)) for number in range(1, times)]
    batch, least = min((cost for cost, _ in turns), key=lambda cost: cost.cpu), min(cpu for _, cpu in turns)
    start_up = min(_start_up(slug, work / str(number)) for number in range(times))
    beyond = (batch.cpu - least) / COUNT * 1000
    marginal = (batch.cpu - start_up - least) / COUNT * 1000
    row = (
        f"| {slug}, {'half wrong' if half_wrong else 'all right'} | {least:.1f} | {batch.cpu:.1f} ({batch.wall:.1f}) "
        f"| {batch.cpu / least:.2f} | {beyond:.0f} | {marginal:.0f} |"
    )
    if half_wrong:
        return f"{row} | |"
    plain = usual(slug, made[:USUAL]).cpu / USUAL * COUNT
    return f"{row} {plain:.0f} | {plain / batch.cpu:.1f} |"


def _turn(slug: str, folder: Path, out: Path) -> tuple[Cost, float]:
    return ours(slug, folder, out), floor(slug, folder)


def _start_up(slug: str, work: Path) -> float:
    """Return the CPU of a run of both jobs on two files that do not import: what a batch costs before it grades."""
    broken = work / "broken"
    broken.mkdir(parents=True)
    for number in range(2):
        (broken / f"student{number}.py").write_text("import nothing_of_this_name\n")
    return ours(slug, broken, work / "none").cpu


if __name__ == "__main__":
    main(sys.argv[1:] or ["sinenet", "himmelblau"])
