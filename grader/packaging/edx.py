"""Open edX: an image for the ContainerGrader of xqueue-watcher, its settings, and the problem."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

from grader.packaging import Files, Member, Packager, Wanted
from grader.packaging.container import image_files, image_of, memory_of, torch_line, values_of
from grader.packaging.parts import rendered

ROOT = "/graders"
"""Where the watcher looks for graders; ours lies in the image, and only its path is told."""


def package(wanted: Wanted) -> Files:
    """Lay out what is for the operator (`image/`, `conf.d/`), and the problem for the course."""
    slug = wanted.assignment.slug
    stub = wanted.assignment.stubs().get(f"{slug}.py", b"").decode(errors="replace")
    values = values_of(wanted, "edx") | {"queue": queue_of(slug), "stub": stub, "root": ROOT}
    files = image_files(wanted, "edx", "image/")
    files[f"conf.d/{slug}.json"] = Member(_settings(wanted))
    for name in ("problem.xml", "README.md"):
        files[name] = Member(rendered(f"edx/{name}", **values))
    return files


def queue_of(slug: str) -> str:
    """Name the queue of an assignment."""
    return f"grade-{slug}"


def _settings(wanted: Wanted) -> bytes:
    """Make the watcher's settings of this queue; it refuses SERVER and AUTH beside SERVER_REF."""
    arguments = {
        "grader_root": ROOT,
        "image": image_of(wanted),
        "backend": "docker",
        "cpu_limit": "1000m",
        "memory_limit": f"{memory_of(wanted, 'edx')}Mi",
        "timeout": math.floor(wanted.assignment.platforms.seconds_of("edx")),
    }
    handler = {"HANDLER": "xqueue_watcher.containergrader.ContainerGrader", "KWARGS": arguments}
    queue = {"SERVER_REF": "default", "CONNECTIONS": 1, "HANDLERS": [handler]}
    return (json.dumps({queue_of(wanted.assignment.slug): queue}, indent=2) + "\n").encode()


def then(wanted: Wanted) -> Sequence[str]:
    """Say who does what with it."""
    slug = wanted.assignment.slug
    return (
        f"Build {image_of(wanted)} out of image/ and push it where only the watcher can pull it.",
        f"The operator adds the queue {queue_of(slug)} and conf.d/{slug}.json; the course gets problem.xml.",
        "Hand in the solution: it must be correct.",
        torch_line(wanted.torch_index),
    )


PACKAGER = Packager(package, then, sets=frozenset({"seconds", "memory"}))
