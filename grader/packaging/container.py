"""An image with the grader, and one assignment unless that comes otherwise: its Dockerfile and all that this copies."""

from __future__ import annotations

from grader.packaging import Files, Member, Wanted
from grader.packaging.parts import course_files, grader_files, rendered

ENTRY = "grade-entry"
"""What is run for each submission: a script, as some platforms clear the environment and take no arguments."""


_GIT = " ca-certificates git python-is-python3"
_PROGRAMS = {"autolab": " make procps", "github": _GIT, "classroom50": _GIT}
"""What a platform's own scripts call inside the image, besides Python."""


def image_files(
    wanted: Wanted, values: dict[str, object], folder: str = "", *, course: bool = True, entry: bool = True
) -> Files:
    """Lay out what `docker build` needs, below `folder`; `values` are those of `parts.values_of`.

    Without the course where that comes with each submission, without the entry where the platform names our command.
    """
    programs = _PROGRAMS.get(str(values["platform"]), "")
    values = values | {"entry": ENTRY, "with_course": course, "with_entry": entry, "programs": programs}
    files = grader_files(folder) | {f"{folder}Dockerfile": Member(rendered("container/Dockerfile", **values))}
    if course:
        files |= course_files(wanted.assignment, f"{folder}course")
    if entry:
        files[f"{folder}{ENTRY}"] = Member(rendered("container/grade-entry", **values), 0o755)
    return files
