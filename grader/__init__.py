"""Grade PyTorch exercises: run submitted code behind a wall, and decide on this side of it."""

from __future__ import annotations

import typing

if typing.TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from grader.interface import Results

__version__ = "0.1.0"


def run(
    assignment: str | os.PathLike[str],
    submissions: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    output: str | os.PathLike[str] | None = None,
    course: str | os.PathLike[str] | None = None,
    jobs: int | None = None,
    layout: str = "auto",
    sandbox: str = "auto",
    executor: str = "local",
    gradebook: str | None = None,
    fresh: bool = False,
    seed: int = 0,
    only: str | None = None,
    pictures: bool = True,
) -> Results:
    """Grade what students handed in, as `grade run` does, and yield each result as it finishes.

        for result in grader.run("sinenet", "class/", output="results/"):
            print(result.submission.student, result.score, "of", result.max_score)

    It may be called from any process, a notebook with threads say: grading is done by a fresh process, which
    ends with this one. The call returns when the submissions were found. The iterator can be walked through once,
    and as it goes on, so does the grading: it stops a few results ahead of what was taken. To leave the loop, to
    call `close()`, or to leave a `with` block ends the run as Ctrl-C would: what was finished is kept, and a later
    call with the same `output` goes on from there.

    The arguments:
        assignment: the slug of an assignment of the course, or a path to one of its folders.
        submissions: a path, or several: a `.py`, an `.ipynb`, an archive, or a folder, of one student or of a class.
        output: the folder for the pages, the marks and the gradebook; None: a temporary one, which goes when the
            iterator is closed. It is `results.directory` in both cases.
        course: the folder that holds `assignments/` and `solutions/`; None: around the current folder.
        jobs: submissions graded at the same time, 1 or more; None: the cores of this machine.
        layout: how the submissions lie in folders; `auto` finds out.
        sandbox: `auto` (all layers that the machine gives), `strict` (every layer or refuse), `off` (none: for files
            that you trust, and for those alone).
        executor: `local`, or a Dask cluster as `dask:tcp://HOST:PORT`.
        gradebook: a database as SQLAlchemy names it; None: `gradebook.sqlite` in `output`.
        fresh: whether to grade anew what is on record already.
        seed: of the secret random inputs, from 0 to 2**63 - 1.
        only: grade this one student, by id or name.
        pictures: whether the pages have pictures of what the code did.

    Yields `grader.results.Result`: `score` and `max_score` are in points, `seconds` in seconds; a `score` of None
    means that we failed to grade it, never that it is worth nothing. `len(results)` is the number of submissions.

    Raises `grader.errors.UsageError` for a wrong argument, `grader.errors.SandboxError` where the wall does not stand
    or grading cannot go on, and its base `grader.errors.GradeError` for whatever else stops a run (a full disk, say):
    at the call or, for what shows later, from the iterator.
    """
    from grader.interface import start

    return start(
        assignment, submissions, output=output, course=course, jobs=jobs, layout=layout, sandbox=sandbox,
        executor=executor, gradebook=gradebook, fresh=fresh, seed=seed, only=only, pictures=pictures,
    )  # fmt: skip
