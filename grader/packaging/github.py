"""A template repository with a workflow of GitHub Actions, and the private image: `spec/platforms.md` section 7.2."""

from __future__ import annotations

import math
from collections.abc import Sequence

from grader.packaging import FOLDER, Files, Member, Packager, Wanted
from grader.packaging.container import image_files
from grader.packaging.parts import handed_out, rendered, values_of

_NAME = "github"
_PULLING_MINUTES = 10
"""What a job is given besides, for the image to be pulled and the repository to be checked out."""


def package(wanted: Wanted) -> Files:
    """Lay out what the image is built of, which holds all that is hidden, and what students get."""
    seconds = wanted.assignment.platforms.seconds_of(_NAME)
    values = values_of(wanted, _NAME) | {"minutes": math.ceil(seconds / 60) + _PULLING_MINUTES}
    return {
        **image_files(wanted, values, "image/", entry=False),
        **{f"repository/{name}": Member(data) for name, data in handed_out(wanted.assignment).items()},
        "repository/.github/workflows/grade.yml": Member(rendered("github/grade.yml", **values)),
        "README.md": Member(rendered("github/README.md", **values)),
    }


def then(wanted: Wanted) -> Sequence[str]:
    """Say what is private, and what is to be kept from students."""
    return (
        f"Build the folder image/ as {wanted.image} and push it, to where it is private: it holds the solution.",
        "Make a private template repository of the folder repository/, and the two secrets that its workflow names.",
        "Keep students from .github/ by a push ruleset: who can change the workflow can print what is hidden.",
        "Push the solution: it must get all points. README.md says more.",
    )


PACKAGER = Packager(
    package,
    then,
    needs_image=True,
    builds_image=True,
    endings=(FOLDER, ".zip", ".tar", ".tar.gz"),
    sets=frozenset({"seconds"}),
)
