"""An image with the grader and one assignment, which an instructor builds: its Dockerfile and all that this copies."""

from __future__ import annotations

from grader import __version__
from grader.packaging import Files, Member, Wanted
from grader.packaging.parts import course_files, grader_files, rendered
from grader.report.text import number

GRADE, COURSE = "/opt/grade/bin/grade", "/opt/grade-course"
"""Where they lie in the image."""

ENTRY = "grade-entry"
"""What is run for each submission: a script, as some platforms clear the environment and take no arguments."""


def values_of(wanted: Wanted, platform: str) -> dict[str, object]:
    """Give what the templates of a platform name."""
    assignment = wanted.assignment
    return {
        "platform": platform,
        "slug": assignment.slug,
        "title": assignment.title,
        "max_points": number(assignment.max_points),
        "seconds": number(assignment.platforms.seconds_of(platform)),
        "memory_mb": memory_of(wanted, platform),
        "version": __version__,
        "image": image_of(wanted),
        "torch_index": wanted.torch_index,
        "grade": GRADE,
        "course": COURSE,
        "entry": ENTRY,
    }


def memory_of(wanted: Wanted, platform: str) -> int:
    """Say how much memory a submission is to find, in MB."""
    return max(wanted.assignment.platforms.memory_of(platform), wanted.assignment.memory_mb)


def image_of(wanted: Wanted) -> str:
    """Name the image that is built of the package."""
    return wanted.image or f"grade-{wanted.assignment.slug.lower()}"


def image_files(wanted: Wanted, platform: str, folder: str = "", *, course: bool = True) -> Files:
    """Lay out what `docker build` needs, below `folder`; without the course where that comes with each submission."""
    grader = grader_files(folder)
    wheel = next(name for name in grader if name.endswith(".whl")).removeprefix(folder)
    values = values_of(wanted, platform) | {"wheel": wheel, "with_course": course}
    files = grader | {f"{folder}Dockerfile": Member(rendered("container/Dockerfile", **values))}
    if course:
        files |= course_files(wanted.assignment, f"{folder}course")
        files[f"{folder}{ENTRY}"] = Member(rendered("container/grade-entry", **values), 0o755)
    return files


def torch_line(index: str) -> str:
    """Say where the build will take torch from."""
    if index:
        return f"torch's CPU build will come from {index}."
    return (
        "No --torch-index was given, so the CUDA build of torch may come, several GB: give the index for CPU that the "
        "install page of PyTorch names (…/whl/cpu)."
    )
