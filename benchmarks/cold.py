"""One submission from a cold start, in the container: what `grade platform gradescope` costs against `import torch`.

    GRADE_IMAGE=... python -m benchmarks.cold

torch   `python -c "import torch"`
work    the student's own calls alone, each timed where it is made, in one warm process (`benchmarks.floor`)
ours    `grade platform gradescope` on one right submission of sinenet, from the start of the process to its result
The goal is that ours is at most 1.5 x torch + work. CPU is user and system time of all processes; each is measured in
turns, in one container, and the least counts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.batch import Cost, measured

ROOT = Path(__file__).parent.parent
OCI = ROOT / "tests" / "container" / "oci.sh"
TURNS = 5


def inside() -> None:
    """Measure, within the container; prints JSON."""
    torch, work, ours = [], [], []
    base = Path("/autograder")
    for folder in ("submission", "results"):
        (base / folder).mkdir(parents=True, exist_ok=True)
    (base / "submission" / "sinenet.py").write_bytes(Path("/given/sinenet.py").read_bytes())
    for _ in range(TURNS):
        torch.append(_cost(sys.executable, "-c", "import torch"))
        ours.append(_cost("grade", "platform", "gradescope", "--assignment", "sinenet"))
        score = json.loads((base / "results" / "results.json").read_text())["score"]
        assert score == 40, score
        work.append(float(_said(sys.executable, "-m", "benchmarks.floor", "sinenet", "/given").split()[-1]))
    least = {"torch": min(cost.cpu for cost in torch), "ours": min(cost.cpu for cost in ours), "work": min(work)}
    walls = {"torch_wall": min(cost.wall for cost in torch), "ours_wall": min(cost.wall for cost in ours)}
    sys.stdout.write(json.dumps(least | walls) + "\n")


def _cost(*command: str) -> Cost:
    return measured(lambda: _said(*command))


def _said(*command: str) -> str:
    return subprocess.run(command, cwd="/course", capture_output=True, text=True, check=True).stdout  # noqa: S603 - ours


def main() -> None:
    """Start the container, and print the table."""
    chosen = ROOT / "tests" / "submissions" / "sinenet" / "right_sequential"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sinenet.py").write_bytes((chosen / "sinenet.py").read_bytes())
        done = subprocess.run(  # noqa: S603 - our own command
            [
                OCI, "podman", "run", "--rm", "--network=none", f"-v={folder}:/given:ro",
                f"-v={ROOT / 'benchmarks'}:/bench/benchmarks:ro", "-e=PYTHONPATH=/bench",
                "--entrypoint=/opt/grade/bin/python", os.environ["GRADE_IMAGE"], "-m", "benchmarks.cold", "inside",
            ],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr)
    found = json.loads(done.stdout)
    goal = 1.5 * found["torch"] + found["work"]
    print("| import torch, CPU s (wall) | student's own work | ours, CPU s (wall) | 1.5 x torch + work | ours / that |")
    print("|---|---|---|---|---|")
    print(
        f"| {found['torch']:.2f} ({found['torch_wall']:.2f}) | {found['work']:.2f} "
        f"| {found['ours']:.2f} ({found['ours_wall']:.2f}) | {goal:.2f} | {found['ours'] / goal:.2f} |"
    )


if __name__ == "__main__":
    inside() if sys.argv[1:] == ["inside"] else main()
