"""nbgrader: `submitted/<student>/<assignment>/…`, with a `timestamp.txt`, of one assignment or of many.

The folder may be the course's, its `submitted` or, with `--layout nbgrader`, any that holds students' folders. The
exchange's `inbound` is read too, where the folders are called `<student>+<assignment>+<time>[+<random>]`.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.errors import Rejected, UsageError
from grader.handin import Handin
from grader.intake.attempts import Attempt, iso_time, moment_of, newest
from grader.intake.judge import is_answer
from grader.intake.layouts import Download, Fit, Piece, Student, fit_of, id_of, is_folder, plain_title, strays_of
from grader.intake.look import entries_of
from grader.submission import Limits, display_text, printable, read_regular

_TREE = re.compile(r"(?:.*/)?submitted/(?P<student>[^/]+)/(?P<assignment>[^/+]+)/(?P<file>.+)", re.DOTALL)
_INBOUND = re.compile(
    r"(?P<student>.+?)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^+]*?)(?:\+(?P<random>[^+]+))?",
    re.DOTALL | re.ASCII,
)
_OTHER_FOLDERS = {"source", "release", "autograded", "feedback", "downloaded", "nbgrader"}
_STAMP = "timestamp.txt"
_STAMP_BYTES = Limits(max_file_bytes=1000)


@dataclass(frozen=True)
class Work:
    """A folder of one student's for one assignment; `time` is what its name says, if it does."""

    student: str
    assignment: str
    path: Path = Path()
    time: str = ""


def parse_path(path: str) -> tuple[str, str, str] | None:
    """Read the path of a file as student, assignment and file; None for one that lies elsewhere."""
    match = _TREE.fullmatch(path)
    return (match["student"], match["assignment"], match["file"]) if match else None


def parse_inbound(name: str, path: Path = Path()) -> Work | None:
    """Read the name of a folder in the exchange; None for another."""
    match = _INBOUND.fullmatch(name)
    return Work(match["student"], match["assignment"], path, match["time"]) if match else None


class _Nbgrader:
    title = "nbgrader"
    expected = "`submitted/<student>/<assignment>/`, or folders such as `jdoe+hw1+2026-02-03 10:11:12.000000 UTC`"

    def fit(self, download: Download) -> Fit | None:
        """Fit where there is a `submitted`, or students' folders that hold one for each assignment."""
        folders = [entry for entry in download.entries if is_folder(entry)]
        if any(parse_inbound(entry.name) for entry in folders):
            return fit_of(download, lambda entry: is_folder(entry) and parse_inbound(entry.name) is not None)
        root = _root(download)
        if not _is_tree(root, download):
            return None
        beside = tuple(stray for folder in _students(root) for stray in strays_of(_files(folder)))
        if root == download.folder:
            return Fit("it holds a folder for each student, and that one for each assignment", beside)
        rest = (entry for entry in folders if entry.name != "submitted" and entry.name not in _OTHER_FOLDERS)
        return Fit("it holds `submitted/<student>/<assignment>`", (*strays_of(rest), *beside))

    def split(self, download: Download) -> list[Student]:
        """Tell students by the names of their folders; other assignments are left out."""
        parsed = (parse_inbound(entry.name, Path(entry)) for entry in download.entries if is_folder(entry))
        works = [work for work in parsed if work is not None] or _works(_root(download))
        assignment = _assignment(works, download)
        groups: dict[str, list[Work]] = {}
        for work in works:
            if work.assignment == assignment:
                groups.setdefault(unicodedata.normalize("NFC", work.student), []).append(work)
        if without := sorted({display_text(work.student) for work in works} - set(map(display_text, groups))):
            download.tell(f"nothing for {display_text(assignment)} was handed in by {printable(without)}.")
        return [_student(student, group) for student, group in groups.items()]


def _root(download: Download) -> Path:
    inner = download.folder / "submitted"
    return inner if inner.is_dir() and not inner.is_symlink() else download.folder


def _is_tree(root: Path, download: Download) -> bool:
    """Tell students' folders with assignments in them; unless staff say so, a name or a timestamp has to prove it."""
    if strays_of(_files(root)):
        return False
    works = _works(root)
    if not works:
        return False
    if download.named or root != download.folder:
        return True
    # A time in the folder of one student alone proves nothing: it may be the student's own.
    called = root.name == "submitted" and all(
        plain_title(work.assignment) == plain_title(download.slug) for work in works
    )
    return called or all((work.path / _STAMP).is_file() for work in works)


def _students(root: Path) -> list[Path]:
    return [Path(entry) for entry in entries_of(root) if is_folder(entry)]


def _files(folder: Path) -> list[os.DirEntry[str]]:
    return [entry for entry in entries_of(folder) if not is_folder(entry)]


def _works(root: Path) -> list[Work]:
    return [
        Work(student.name, assignment.name, Path(assignment))
        for student in entries_of(root) if is_folder(student)
        for assignment in entries_of(Path(student)) if is_folder(assignment)
    ]  # fmt: skip


def _assignment(works: Sequence[Work], download: Download) -> str:
    """Choose the assignment by its name, or else say which other one is taken for it."""
    names = sorted({work.assignment for work in works})
    if download.slug in names:
        return download.slug
    alike = [name for name in names if plain_title(name) == plain_title(download.slug)]
    holding = {work.assignment for work in works if _holds(work.path, download.expected)}
    for pool, why in (
        (alike, "the names are alike"), (names, "there is no other"), (sorted(holding), "there lie such files"),
    ):  # fmt: skip
        if len(pool) == 1:
            download.tell(f"{display_text(pool[0])} in {download.called} is taken for {download.slug}: {why}.")
            return pool[0]
    listed = printable([display_text(name) for name in names])
    raise UsageError(
        f"{download.called} holds no assignment {download.slug}, but {listed}; give a folder with the one that is meant"
    )


def _holds(folder: Path, expected: Iterable[str]) -> bool:
    wanted = {name for name in expected if is_answer(name)}
    return any(entry.name in wanted for entry in entries_of(folder))


def _student(student: str, works: Sequence[Work]) -> Student:
    chosen, notes = newest([_attempt(work) for work in works])
    ids = {"login": student, "assignment": works[0].assignment}
    handin = Handin(layout="nbgrader", ids=ids, submitted_at=chosen.when, notes=notes)
    return Student(id_of("", student), student, chosen.pieces, handin)


def _attempt(work: Work) -> Attempt:
    when = iso_time(work.time) or _stamp(work.path)
    called = when.replace("T", " ") or display_text(work.path.name)
    return Attempt((moment_of(when) or work.time, 0), when, called, (Piece(work.path, without=frozenset({_STAMP})),))


def _stamp(folder: Path) -> str:
    """Read when it was handed in, as the file says that `nbgrader submit` leaves; empty where it does not."""
    try:
        text = read_regular(folder / _STAMP, _STAMP, _STAMP_BYTES).decode()
    except (Rejected, OSError, UnicodeDecodeError):
        return ""
    return iso_time(text)


LAYOUT = _Nbgrader()
