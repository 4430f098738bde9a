"""Fuzz one target for some seconds: `python -m tests.fuzz archives|notebooks|wire SECONDS [SEED]`.

It prints how often it ran, and each crash with the bytes that led to it; the exit code is 1 where there was one.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
import warnings

from tests.fuzz.targets import TARGETS, mutated

_SLOW = 5.0
"""Seconds for one input that count as a crash: nothing here is larger than a few kilobytes."""


def fuzz(name: str, seconds: float, seed: int) -> tuple[int, list[str]]:
    """Run mutated seeds through a target; returns how many, and what went wrong, with the input."""
    target, random_ = TARGETS[name](), random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    crashes: list[str] = []
    runs, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        data, start = mutated(target.seeds, random_), time.process_time()
        try:
            target.read(data)
        except target.expected:
            pass
        except Exception:  # noqa: BLE001 - whatever it is, it was found
            crashes.append(f"{data.hex()}\n{traceback.format_exc()}")
        if (took := time.process_time() - start) > _SLOW:
            crashes.append(f"{data.hex()}\ntook {took:.1f} s")
        runs += 1
    return runs, crashes


def main(name: str, seconds: str, seed: str = "0") -> int:
    """Fuzz, and say what came of it."""
    warnings.simplefilter("ignore")
    runs, crashes = fuzz(name, float(seconds), int(seed))
    for crash in crashes[:10]:
        sys.stdout.write(crash + "\n")
    sys.stdout.write(f"{name}: {runs} executions, {len(crashes)} crashes (seed {seed}).\n")
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
