"""Workers find no holes in the memory that they inherit."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
import ctypes
from grader.sandbox import holes

def fragments(size):
    kept = [bytes(size) for _ in range(20_000)]
    del kept[::2]
    return kept

libc = ctypes.CDLL(None)
kept = fragments(1000), fragments(100)
before = holes.holes(libc)
holes.fill_holes()
after = holes.holes(libc)
blocks = [bytes(100) for _ in range(200)]
pools = {id(block) // (16 * 1024) for block in blocks}
print(before, after, len(pools))
"""


def _glibc() -> bool:
    from grader.sandbox import holes

    return holes.applies()


@pytest.mark.skipif(not _glibc(), reason="needs glibc 2.33 or later")
def test_holes_are_filled() -> None:
    """What was freed among what is kept is not given out again: blocks that follow lie side by side."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    before, after, pools = map(int, done.stdout.split())

    assert before > 5_000_000
    assert after < 100_000
    assert pools <= 4


def test_another_allocator_is_left_alone() -> None:
    """Where blocks are not from Python's own allocator, none are kept."""
    program = "from grader.sandbox import holes; holes._fill_pools(); print(len(holes._kept))"
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONMALLOC": "malloc"}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout == "0\n"
