"""Write the pages and tables of a run: each file whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

import msgspec

from grader.errors import GradeError
from grader.pictures import Feedback
from grader.report.pages import page_mark, render_feedback, render_index, render_report
from grader.report.row import Row, in_order
from grader.report.table import grades_csv
from grader.results import GradedSubmission, to_json, write_atomic

_PAGES = ("evidence.json", "report.html", "feedback.html")


def write_submission(directory: Path, graded: GradedSubmission, feedback: Feedback) -> None:
    """Write what one submission leaves below `directory`; `result.json` last: it says that all is there."""
    folder = submission_folder(directory, graded.result.submission.id)
    write_atomic(folder / "evidence.json", to_json(graded.evidence))
    write_atomic(folder / "report.html", render_report(graded.result, graded.evidence, feedback).encode())
    write_atomic(folder / "feedback.html", render_feedback(graded.result, graded.evidence, feedback).encode())
    write_atomic(folder / "result.json", to_json(graded.result))


def is_written(directory: Path, submission_id: str, result_json: bytes, feedback: Feedback) -> bool:
    """Tell whether a submission's folder holds this very result, and pages as they would be made of it now.

    `result.json` is written last, so a page that is younger was changed by somebody.
    """
    folder = str(submission_folder(directory, submission_id))
    try:
        with open(f"{folder}/result.json", "rb") as file:  # noqa: PTH123 - ten thousand times, and no Path is made
            written, when = file.read(), os.fstat(file.fileno()).st_mtime_ns
        with open(f"{folder}/feedback.html", "rb") as file:  # noqa: PTH123 - as above
            head = file.read(2048)
        pages = [os.stat(f"{folder}/{page}") for page in _PAGES]  # noqa: PTH116 - as above
    except FileNotFoundError:
        return False
    untouched = all(stat.S_ISREG(page.st_mode) and page.st_mtime_ns <= when for page in pages)
    return untouched and written == result_json and page_mark(feedback).encode() in head


def settings_of(directory: Path, submission_id: str, feedback: Feedback) -> Feedback:
    """Give the settings to write a student's pages with: without pictures, where a run has left them out of these."""
    without = msgspec.structs.replace(feedback, pictures=False)
    try:
        with (submission_folder(directory, submission_id) / "feedback.html").open("rb") as file:
            return without if page_mark(without).encode() in file.read(2048) else feedback
    except OSError:
        return feedback


def write_class(directory: Path, rows: Iterable[Row], *, assignment_title: str, marked: bool = False) -> None:
    """Write `index.html` and `grades.csv`, sorted by student; `marked`: the page shows marks beside all scores."""
    ordered = in_order(rows)
    write_atomic(directory / "grades.csv", grades_csv(ordered))
    page = render_index(ordered, assignment_title=assignment_title, marked=marked)
    write_atomic(directory / "index.html", page.encode())


def submission_folder(directory: Path, submission_id: str) -> Path:
    """Name the folder of a submission; refuse an id that would lead out of `directory`."""
    if submission_id in {"", ".", ".."} or any(mark in submission_id for mark in "/\\\0"):
        raise GradeError(f"The submission id {submission_id!r} is not safe as a file name.")
    return directory / "submissions" / submission_id
