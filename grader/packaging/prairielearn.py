"""PrairieLearn's question folder: `spec/platforms.md` section 2.

The course lies in its `tests/`, the grader in the image.
"""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Sequence

from grader.packaging import FOLDER, Files, Member, Packager, Wanted
from grader.packaging.parts import VENV, course_files, handed_out, rendered

_NAMESPACE = uuid.UUID("5b0a9ee4-9c0b-5f1c-8a42-0f6a4b1d7c35")
"""Ours, so that an assignment is the same question to PrairieLearn however often it is packaged."""

_COURSE = "tests/course"


def package(wanted: Wanted) -> Files:
    """Lay out the folder: what the question is, what it shows, what students get, and the course."""
    assignment = wanted.assignment
    public = handed_out(assignment)
    files = course_files(assignment, _COURSE)
    files |= {f"clientFilesQuestion/{name}": Member(data) for name, data in public.items()}
    page = rendered("prairielearn/question.html", slug=assignment.slug, given_out=sorted(public))
    return files | {"info.json": Member(_info(wanted)), "question.html": Member(page)}


def _info(wanted: Wanted) -> bytes:
    assignment = wanted.assignment
    course = f"/grade/{_COURSE}"
    words = [f"{VENV}/bin/grade", "platform", "prairielearn", "--assignment", assignment.slug, "--course", course]
    info = {
        "uuid": str(uuid.uuid5(_NAMESPACE, assignment.slug)),
        "title": assignment.title,
        "topic": "PyTorch",
        "type": "v3",
        "singleVariant": True,
        "gradingMethod": "External",
        "externalGradingOptions": {
            "image": wanted.image,
            "entrypoint": words,
            "timeout": math.floor(assignment.platforms.seconds_of("prairielearn")),
            "enableNetworking": False,
        },
    }
    return (json.dumps(info, indent=2) + "\n").encode()


def then(wanted: Wanted) -> Sequence[str]:
    """Say where it goes, and what else the server needs."""
    slug = wanted.assignment.slug
    return (
        f"Put it in the course's repository as questions/{slug}/, name it in an assessment, and sync.",
        f"The server must be able to pull {wanted.image}; sync images in the course's settings after each push.",
        f"Students upload {slug}.py; the first lines of question.html say how notebooks are taken too.",
        "Hand in the solution: it must get all points.",
    )


PACKAGER = Packager(
    package,
    then,
    needs_image=True,
    endings=(FOLDER, ".zip", ".tar", ".tar.gz"),
    sets=frozenset({"seconds"}),
)
