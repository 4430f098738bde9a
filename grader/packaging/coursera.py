"""Coursera: the zip of a custom grader, with the Dockerfile at its root."""

from __future__ import annotations

import math
from collections.abc import Sequence

from grader.packaging import Files, Member, Packager, Wanted
from grader.packaging.container import image_files, image_of, memory_of, torch_line, values_of
from grader.packaging.parts import rendered

_STEP_MB, _LEAST_MB, _MOST_MB = 1024, 4096, 16384
_CPUS = ((1, 8192), (2, 16384))
"""How much memory each number of CPUs may have."""

_LEAST_SECONDS, _MOST_SECONDS = 300, 3600


def package(wanted: Wanted) -> Files:
    """Lay out the zip: what the image is built of, and how it is uploaded."""
    values = values_of(wanted, "coursera") | {"options": upload_options(wanted)}
    return image_files(wanted, "coursera") | {"README.md": Member(rendered("coursera/README.md", **values))}


def upload_options(wanted: Wanted) -> str:
    """Give the options of `coursera_autograder upload`: only some sizes can be had, and with each only some CPUs."""
    memory = -(-memory_of(wanted, "coursera") // _STEP_MB) * _STEP_MB
    memory = min(_MOST_MB, max(_LEAST_MB, memory))
    cpus = next(cpus for cpus, most in _CPUS if memory <= most)
    asked = math.floor(wanted.assignment.platforms.seconds_of("coursera"))
    seconds = min(_MOST_SECONDS, max(_LEAST_SECONDS, asked))
    return f"--grader-cpu {cpus} --grader-memory-limit {memory} --grader-timeout {seconds}"


def then(wanted: Wanted) -> Sequence[str]:
    """Say how it is tried and uploaded."""
    return (
        f"Try it: docker build -t {image_of(wanted)} on the unpacked zip, then `coursera_autograder grade local`.",
        f"Upload it: coursera_autograder upload FILE COURSE_ID ITEM_ID PART_ID {upload_options(wanted)}",
        f"The part's suggested filename is {wanted.assignment.slug}.py; README.md in the zip says more.",
        torch_line(wanted.torch_index),
    )


PACKAGER = Packager(package, then, endings=(".zip",), sets=frozenset({"seconds", "memory"}))
