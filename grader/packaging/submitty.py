"""Submitty: the folder `config` of a gradeable, whose only test case runs the grader in a container.

Submitty runs custom validators on its workers, where there is no torch; the container has done the work by then.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence

from grader.errors import UsageError
from grader.packaging import Files, Member, Packager, Wanted
from grader.packaging.container import ENTRY, image_files, image_of, memory_of, torch_line, values_of
from grader.packaging.parts import rendered
from grader.packaging.rubric import checks_of
from grader.results import CheckResult
from grader.submission import ARCHIVES_READ

_MOST_POINTS = 3_999
"""Of the test case: with more of them `platforms.submitty` could give one too much."""

_VALIDATOR = "config/custom_validation_code/grader.py"


def package(wanted: Wanted) -> Files:
    """Lay out the folder of the gradeable, and what its image is built of."""
    points = whole_points(checks_of(wanted.assignment))
    values = values_of(wanted, "submitty") | {"points": points}
    files = image_files(wanted, "submitty", "image/")
    files["config/config.json"] = Member(_config(wanted, points))
    files[_VALIDATOR] = Member(rendered("submitty/grader.py"))
    files["README.md"] = Member(rendered("submitty/README.md", **values))
    return files


def whole_points(checks: Iterable[CheckResult]) -> int:
    """Multiply the points until each check's are whole, as Submitty cuts off what is behind the point."""
    worth = [check.max_points for check in checks if check.outcome != "manual"]
    for scale in (1, 2, 4, 5, 10, 20, 100):
        scaled = [points * scale for points in worth]
        if all(abs(points - round(points)) < 1e-9 for points in scaled):
            total = sum(round(points) for points in scaled)
            if 0 < total <= _MOST_POINTS:
                return total
            break
    raise UsageError(
        f"Submitty gives whole points, of which {_MOST_POINTS} can be had here: let the checks be worth whole points."
    )


def _config(wanted: Wanted, points: int) -> bytes:
    """Make `config.json`; what submitted code may use is the grader's to limit, so that these limits are wide."""
    validation = {
        "method": "custom_validator",
        "command": "python3 -I grader.py",
        "actual_file": "STDOUT.txt",
        "description": "Checks",
        "show_actual": "never",
        "show_message": "always",
    }
    config = {
        "autograding_method": "docker",
        "container_options": {"container_image": image_of(wanted), "use_router": False},
        "max_submission_size": wanted.assignment.limits.max_total_bytes,
        "allow_system_calls": ["ALLOW_ALL_RESTRICTED_SYSTEM_CALLS"],
        "resource_limits": _limits(wanted),
        "autograding": {
            "submission_to_runner": ["*.py", "*.ipynb", *(f"*{ending}" for ending in ARCHIVES_READ)],
            "submission_to_validation": [],
            "work_to_details": ["test*/execute_logfile.txt"],
        },
        "testcases": [
            {
                "title": wanted.assignment.title,
                "command": f"bash /opt/{ENTRY}",
                "points": points,
                "validation": [validation],
            }
        ],
    }
    return (json.dumps(config, indent=4) + "\n").encode()


def _limits(wanted: Wanted) -> dict[str, int]:
    memory = memory_of(wanted, "submitty") * 1_000_000
    return {
        "RLIMIT_CPU": math.floor(wanted.assignment.platforms.seconds_of("submitty")),
        "RLIMIT_FSIZE": 100_000_000,
        "RLIMIT_DATA": memory,
        "RLIMIT_RSS": memory,
        "RLIMIT_AS": 64_000_000_000,
        "RLIMIT_NPROC": 200,
        "RLIMIT_NOFILE": 1000,
        "RLIMIT_SIGPENDING": 1000,
    }


def then(wanted: Wanted) -> Sequence[str]:
    """Say who does what with it."""
    return (
        f"The administrator adds {image_of(wanted)}, built out of image/, to the workers.",
        "Put config/ where Submitty reads the gradeable's configuration, and build the gradeable.",
        "Ask for ten system calls that Submitty's filter does not let through; README.md names them.",
        torch_line(wanted.torch_index),
    )


PACKAGER = Packager(package, then, sets=frozenset({"seconds", "memory"}))
