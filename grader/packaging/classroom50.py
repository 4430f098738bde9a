"""The bundle of a Classroom 50 assignment, and the image that it is graded in: `spec/platforms.md` section 7.3.

The image must be public there, so that the hidden part lies in the bundle.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from grader.errors import UsageError
from grader.packaging import FOLDER, Files, Member, Packager, Wanted
from grader.packaging.archive import tarred
from grader.packaging.container import image_files
from grader.packaging.parts import course_files, rendered, values_of
from grader.packaging.rubric import checks_of
from grader.platforms import safe

_NAME = "classroom50"
_MOST_BYTES = 10 << 20
"""Of a bundle, as Classroom 50 packs it."""


def package(wanted: Wanted) -> Files:
    """Lay out the bundle, its runtime and its image; raises UsageError where the bundle would be refused."""
    assignment = wanted.assignment
    scale = assignment.platforms.scale
    bundle = f"autograders/{assignment.slug}/"
    worth = [check.max_points for check in checks_of(assignment) if check.outcome != "manual"]
    most = sum(safe.whole(points, scale) for points in worth)
    values = values_of(wanted, _NAME) | {"max_score": most, "scale": scale}
    files = {
        f"{bundle}autograder.py": Member(rendered("classroom50/autograder.py.in", **values)),
        **course_files(assignment, f"{bundle}course"),
    }
    if (size := len(tarred(files, packed=True))) > _MOST_BYTES:
        raise UsageError(f"the bundle would have {size} bytes, and Classroom 50 takes {_MOST_BYTES} at most.")
    runtime = {"runs-on": "ubuntu-latest", "container": {"image": wanted.image, "user": "root"}}
    return {
        **files,
        **image_files(wanted, values, "image/", course=False, entry=False),
        "runtime.json": Member((json.dumps(runtime, indent=2) + "\n").encode()),
        "README.md": Member(rendered("classroom50/README.md", **values)),
    }


def then(wanted: Wanted) -> Sequence[str]:
    """Say what is public, and who can read what is hidden."""
    slug = wanted.assignment.slug
    return (
        f"Build the folder image/ as {wanted.image} and push it, to where it is public: nothing hidden is in it.",
        f"Copy autograders/{slug}/ to CLASSROOM/autograders/ASSIGNMENT/, and give the assignment runtime.json.",
        "Classroom 50 publishes bundles: a student who looks for it can read the solution. README.md says what to do.",
    )


PACKAGER = Packager(package, then, needs_image=True, builds_image=True, endings=(FOLDER, ".zip", ".tar", ".tar.gz"))
