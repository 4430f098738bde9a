"""The CPU of the students' own calls: python -m benchmarks.floor ASSIGNMENT FOLDER prints it, in seconds."""

from __future__ import annotations

import dataclasses
import os
import sys
import tempfile
from pathlib import Path

from grader.sandbox import nursery

nursery.one_thread()


def main(slug: str, folder: Path) -> None:
    """Run the checks on every submission of a folder, in this warm process, and time the student's part."""
    import pytest

    from benchmarks.direct import TimedWall
    from grader import assignment as assignments
    from grader.checks.collect import pytest_arguments
    from grader.checks.outcomes import Recorder
    from grader.grading import Grader, judging_for
    from grader.intake.files import discover
    from grader.plugin import JUDGING
    from grader.rubric import rubric_of
    from grader.shared_answers import SharedAnswers

    nursery.warm(notebooks=True)
    assignment = assignments.load(slug)
    wall, recorder = TimedWall(), Recorder()

    class Loop:
        """Replaces pytest's loop, as a job does."""

        def pytest_runtestloop(self, session: pytest.Session) -> bool:
            """Grade every submission."""
            judging = session.config.stash[JUDGING] = judging_for(assignment, 0)
            items = [item for item in session.items if isinstance(item, pytest.Function)]
            rubric = dataclasses.replace(rubric_of(assignment, items, 0), catalogue=())  # no mistake of ours counts
            grader = Grader(rubric, recorder, judging, wall, (), SharedAnswers())  # type: ignore[arg-type]  # a stand-in
            for submission in discover([folder], slug, assignment.stubs()):
                assert grader.grade(submission).result.score is not None, submission.id
            return True

    with tempfile.TemporaryDirectory() as place:  # some submissions save their figures
        os.chdir(place)
        code = pytest.main(pytest_arguments(assignment.checks_path), plugins=[recorder, Loop()])
    print(wall.cpu)
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).absolute())
