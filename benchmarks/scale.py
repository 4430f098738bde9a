"""What ten thousand submissions cost beside a hundred: `python -m benchmarks.scale [HOW MANY [COMPARED WITH]]`.

Both classes are made from the corpus of himmelblau, right and wrong answers in turn, each made unlike all others by a
comment; a run with nothing to do follows. Prints CPU for each submission, memory of the parent, and the resume.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.batch import ROOT

SLUG = "himmelblau"
LEFT_OUT = ("hostile", "endless", "trick")
"""Kinds of cases that are rare in a class, and of which one would cost as much as a hundred."""


def main(many: int = 10_000, few: int = 100) -> None:
    """Measure the small class, the large one, and a resume of it."""
    with tempfile.TemporaryDirectory(prefix="grade-scale-") as name:
        place = Path(name)
        place.chmod(0o711)
        print(f"{few} and {many} submissions to {SLUG}, --jobs 2")
        start = _measured(_class(place / "one", 1), place / "out-one")
        small = _measured(_class(place / "few", few), place / "out-few")
        large = _measured(_class(place / "many", many), place / "out-many")
        each = [(one.cpu - start.cpu) / (count - 1) for one, count in ((small, few), (large, many))]
        told = f"{each[0] * 1000:.0f} ms and {each[1] * 1000:.0f} ms: ratio {each[1] / each[0]:.2f}"
        print(f"CPU each, start-up aside     {told}")
        print(f"memory of the parent         {large.early_mb:.0f} MB at a tenth, {large.late_mb:.0f} MB at the end")
        again = _measured(place / "many", place / "out-many")
        print(f"a resume with nothing to do  {again.wall:.1f} s ({again.cpu:.1f} s CPU)")
        print(f"index.html                   {(place / 'out-many' / 'index.html').stat().st_size / 1e6:.1f} MB")
        print(f"gradebook.sqlite             {(place / 'out-many' / 'gradebook.sqlite').stat().st_size / 1e6:.0f} MB")


class _Measured:
    """One run: wall and CPU seconds, and the parent's memory early and late."""

    def __init__(self, wall: float, cpu: float, memory: list[float]) -> None:
        self.wall, self.cpu = wall, cpu
        self.early_mb, self.late_mb = memory[len(memory) // 10], memory[-1]


def _class(folder: Path, count: int) -> Path:
    """Lay out a class, from the cases of the corpus in turn."""
    cases = sorted((ROOT / "tests" / "submissions" / SLUG).glob(f"*/{SLUG}.py"))
    texts = [case.read_bytes() for case in cases if not case.parent.name.startswith(LEFT_OUT)]
    folder.mkdir()
    for number in range(count):
        (folder / f"student{number:05}.py").write_bytes(texts[number % len(texts)] + b"\n# %d\n" % number)
    return folder


def _measured(submissions: Path, out: Path) -> _Measured:
    before, start = _spent(), time.monotonic()
    command = [sys.executable, "-m", "grader", "run", SLUG, str(submissions), "-o", str(out), "--jobs", "2"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    memory = [0.0]
    while process.poll() is None:
        memory.append(_memory(process.pid) or memory[-1])
        time.sleep(0.2)
    if process.returncode:
        sys.exit(f"grade run ended with {process.returncode}")
    return _Measured(time.monotonic() - start, _spent() - before, memory)


def _memory(pid: int) -> float:
    """Return the resident memory of a process in MB; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS")), 0.0)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
