"""Make the committed stubs, notebooks and counts anew: python -m grader.release [SLUG...]."""

from __future__ import annotations

import sys

from grader.assignment import course_folder, load
from grader.errors import GradeError
from grader.release.write import regenerate


def main(slugs: list[str]) -> int:
    """Regenerate the assignments named, else all that have a solution here; returns the exit code."""
    course = course_folder()
    try:
        for slug in slugs or sorted(path.parent.name for path in (course / "solutions").glob("*/solution.py")):
            for path in regenerate(load(slug, course)):
                sys.stdout.write(f"{path.relative_to(course)}\n")
    except GradeError as error:
        sys.stderr.write(f"grade: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
