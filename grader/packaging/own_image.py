"""What the image is built of, for platforms that run ours: the grader, and the course where the image is private."""

from __future__ import annotations

from grader.packaging import Files, Member, Wanted
from grader.packaging.parts import course_files, grader_files, rendered
from grader.release.write import HANDOUT

VENV, COURSE = "/opt/grade", "/opt/grade-course"


def image_files(wanted: Wanted, *, with_course: bool) -> Files:
    """Lay out the folder that `docker build` is given."""
    files = grader_files("image/")
    if with_course:
        files |= course_files(wanted.assignment, "image/course")
    made = rendered(
        "image/Dockerfile",
        wheel=next(name for name in files if name.endswith(".whl")).removeprefix("image/"),
        course=COURSE if with_course else "",
        image=wanted.image,
        torch_index=wanted.torch_index,
        venv=VENV,
    )
    return files | {"image/Dockerfile": Member(made)}


def public_files(wanted: Wanted, folder: str) -> Files:
    """Lay out what students get of the assignment: the stubs and the hand-out, as they lie beside each other."""
    public = wanted.assignment.public
    names = [*wanted.assignment.stubs(), HANDOUT, "public_checks.py"]
    paths = {name: public / name for name in names}
    return {f"{folder}{name}": Member(path.read_bytes()) for name, path in paths.items() if path.is_file()}
