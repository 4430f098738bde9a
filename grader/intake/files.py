"""The plain layout: files and folders as they lie on a disk, and archives of them.

A file is a submission; a folder that holds `<slug>.py` or `<slug>.ipynb` is one too; any other folder is a
class, and every `.py`, `.ipynb`, archive and folder in it is a submission. An archive is what its unpacked folder
would be; one that lies in a student's folder with nothing else to grade is unpacked too. A class is also a folder
where the assignment's file is the unchanged stub, and several answers lie beside it: staff have left it there, and it
is left aside. Endings count in upper case too (`B.PY`). A student's mistake is a rejection with a sentence for the
student; a mistake of staff is a `UsageError`.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from grader.errors import Rejected, SandboxError, UsageError
from grader.intake.archives import NotRead, Unpack, none_here
from grader.intake.judge import Judge, is_answer, may_be_main
from grader.intake.look import Seen, entries_of, look_at, only_folder, walk
from grader.submission import (
    Limits,
    Submission,
    display_text,
    is_archive,
    stem_of,
    with_unique_ids,
)

WIDER = 10
"""An archive that is given as an argument may hold this many times what one submission may: it may be a class.

In a class what is too large or too deep is one student's, and costs that student alone.
"""

_DEEPER = 200


def discover(
    arguments: Sequence[Path],
    slug: str,
    stubs: Mapping[str, bytes] = {},
    limits: Limits = Limits(),  # noqa: B008 - frozen
    tell: Callable[[str], object] = lambda _: None,
    unpack: Unpack = none_here,
) -> list[Submission]:
    """Find the submissions in files and folders, sorted by id; raises `UsageError` for a wrong argument.

    `tell` is called with a sentence for staff where something was left aside that might have been meant, or an
    archive that they named is rejected. What `unpack` unpacks has to stay until the submissions have been graded.
    """
    finder = Finder(slug, stubs, limits, tell, unpack)
    found: list[Submission] = []
    files: list[Path] = []
    paths = dict.fromkeys(Path(os.path.abspath(path)) for path in arguments)  # noqa: PTH100 - keeps links
    for path in paths:
        mode = mode_of(path)
        if stat.S_ISDIR(mode):
            found += finder.in_folder(path)
        elif stat.S_ISLNK(mode) or is_answer(path.name):
            files.append(path)
        elif is_archive(path.name):
            # Among others it is one student's, who must not hand in for another by a file of that name.
            found += finder.in_archive(path) if len(paths) == 1 else [finder.of_archive(path)]
        else:
            raise UsageError(wrong_type(path))
    found += finder.of_files(files)
    return in_order(found)


def in_order(found: Iterable[Submission]) -> list[Submission]:
    """Sort by ids that are safe and unique; where two want the same, it does not depend on the order of arguments."""
    return with_unique_ids(sorted(found, key=lambda one: (one.id, [_by_number(file.path) for file in one.files])))


def _by_number(path: Path) -> list[tuple[int, str]]:
    """Sort numbers in names by what they are: 9 comes before 10."""
    parts = re.split(r"(\d{1,18})", str(path), flags=re.ASCII)
    return [(int(part), "") if at % 2 else (-1, part) for at, part in enumerate(parts)]


@dataclass(frozen=True)
class Finder:
    """Find the submissions of one assignment; their ids are the names as found, not yet safe nor unique."""

    slug: str
    stubs: Mapping[str, bytes]
    limits: Limits
    tell: Callable[[str], object] = lambda _: None
    unpack: Unpack = none_here

    @cached_property
    def judge(self) -> Judge:
        """Say who judges what one student has handed in."""
        return Judge(self.slug, self.stubs, self.limits)

    def in_folder(self, folder: Path) -> list[Submission]:
        """Take a folder for one submission if it holds the assignment's file, and for a class otherwise."""
        if found := self._in(folder, display_text(str(folder))):
            return found
        raise UsageError(f"{display_text(str(folder))} holds no .py or .ipynb file, and no folder for each student.")

    def in_archive(self, path: Path) -> list[Submission]:
        """Take an archive that staff name for what its unpacked folder would be; what is no answer is rejected."""
        try:
            return self.in_opened(self.opened(path), path)
        except Rejected as error:
            return [self.turned_down(path, error)]

    def opened(self, path: Path) -> Path:
        """Unpack an archive that may be a whole class; raises `Rejected`, and `UsageError` for what is none."""
        wide = replace(
            self.limits,
            max_files=WIDER * self.limits.max_files,
            max_file_bytes=WIDER * self.limits.max_total_bytes,
            max_total_bytes=WIDER * self.limits.max_total_bytes,
            max_depth=self.limits.max_depth + _DEEPER,
        )
        try:
            return self.unpack(path, wide, False)
        except NotRead as error:
            raise UsageError(wrong_type(path)) from error
        except OSError as error:
            raise UsageError(f"{display_text(str(path))} cannot be unpacked: {error.strerror}.") from error

    def in_opened(self, folder: Path, path: Path) -> list[Submission]:
        """Take what the archive `path` was unpacked to, without the folder that all lies in."""
        inside = only_folder(folder) or folder
        found = self._in(inside, display_text(str(path))) or [self.of_folder(inside, unpacked=True)]
        return found if len(found) > 1 else [self._named(found[0], stem_of(path.name))]

    def turned_down(self, path: Path, error: Rejected) -> Submission:
        """Take an archive that cannot be unpacked for one submission, and say so."""
        advice = "if it is a class, unpack it and give the folder"
        self.tell(f"{display_text(path.name)} is rejected as one submission ({advice}): {error}")
        return replace(self.judge.empty(stem_of(path.name)), rejection=str(error))

    def of_archive(self, path: Path) -> Submission:
        """Make one submission of an archive among those of a class."""
        student = stem_of(path.name)
        try:
            look_at(path, display_text(path.name), replace(self.limits, max_file_bytes=self.limits.max_total_bytes))
            return self._named(self.of_folder(self.unpack(path, self.limits, True), unpacked=True), student)
        except Rejected as error:
            return replace(self.judge.empty(student), rejection=str(error))
        except (SandboxError, OSError) as error:  # no fault of the student's, and the class goes on
            said = f"{display_text(path.name)} could not be unpacked here: {error}"
            return replace(self.judge.empty(student), fault=said)

    def _in(self, folder: Path, called: str) -> list[Submission]:
        entries = entries_of(folder)
        files = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
        if exact := [entry for entry in files if self.judge.is_exact(entry.name)]:
            entries = [entry for entry in entries if entry not in exact]
            if not all(self.judge.is_stub(Path(entry)) for entry in exact) or not self._is_class(entries):
                return [self.of_folder(folder)]
            left = " and ".join(entry.name for entry in exact)
            self.tell(f"{left} in {called} is left aside: it is the unchanged stub.")
        found = self.of_files([Path(entry) for entry in entries if not entry.is_dir() and may_be_main(entry.name)])
        found += [self.of_archive(Path(entry)) for entry in entries if not entry.is_dir() and is_archive(entry.name)]
        return found + [self.of_folder(Path(entry)) for entry in entries if entry.is_dir()]

    def of_files(self, paths: Iterable[Path]) -> list[Submission]:
        """Make one submission of each file, or of two that differ only in `.py` and `.ipynb`."""
        attempts: dict[Path, list[Path]] = {}
        for path in paths:
            attempts.setdefault(path.with_suffix(""), []).append(path)
        same = [attempt for attempt in attempts if attempt.name == self.slug]
        found = []
        for attempt, pair in attempts.items():
            student = attempt.parent.name if len(same) > 1 and attempt in same else ""
            found.append(self._of_attempt(student or attempt.name, pair))
        return found

    def of_folder(self, folder: Path, *, unpacked: bool = False) -> Submission:
        """Make one submission of all that a student's folder holds; an archive in what was unpacked stays closed."""
        try:
            seen = walk(folder, self.limits)
        except Rejected as error:
            return replace(self.judge.empty(folder.name), rejection=str(error))
        return self.of_seen(folder.name, seen, unpacked=unpacked)

    def of_seen(self, student: str, seen: list[Seen], *, unpacked: bool = False) -> Submission:
        """Make one submission of a student's files; the one archive among them is opened where nothing else counts."""
        candidates = [one for one in seen if may_be_main(one.path.name)]
        archives = [one for one in seen if is_archive(one.path.name)]
        if not candidates and len(archives) == 1 and not unpacked:
            return self._named(self.of_archive(archives[0].file.path), student)
        return self.judge.judge(student, seen, candidates)

    def _of_attempt(self, student: str, paths: list[Path]) -> Submission:
        seen, rejection = [], ""
        for path in sorted(paths):
            try:
                seen.append(look_at(path, display_text(path.name), self.limits))
            except Rejected as error:
                rejection = str(error)
        if not seen:
            return replace(self.judge.empty(student), rejection=rejection)
        return self.judge.judge(student, seen, seen)

    def _named(self, submission: Submission, student: str) -> Submission:
        return replace(submission, id=student, student=display_text(student) or "?")

    def _is_class(self, entries: Iterable[os.DirEntry[str]]) -> bool:
        """Tell whether these are answers of several students, and none a student's copy of the assignment's file."""
        answers: set[str] = set()
        for entry in entries:
            stem = PurePosixPath(entry.name).stem
            if entry.is_dir(follow_symlinks=False):
                answers |= {entry.name} if _holds_answer(Path(entry), self.limits) else set()
            elif is_archive(entry.name):
                answers.add(stem_of(entry.name))
            elif may_be_main(entry.name):
                if self.judge.copy_number(stem) is not None:
                    return False
                answers.add(stem)
        return len(answers) > 1


def _holds_answer(folder: Path, limits: Limits) -> bool:
    try:
        return any(may_be_main(one.path.name) or is_archive(one.path.name) for one in walk(folder, limits))
    except Rejected:  # whatever it is, it is somebody's
        return True


def mode_of(path: Path) -> int:
    """Look at an argument, without following it."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError as error:
        wanted = "give a .py, an .ipynb, an archive or a folder"
        raise UsageError(f"{display_text(str(path))} does not exist: {wanted}.") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{display_text(str(path))} cannot be read: {error}.") from error


def wrong_type(path: Path) -> str:
    """Say that an argument is neither a file of a kind that is read nor a folder."""
    name = display_text(str(path))
    if is_archive(path.name):
        return f"{name} is no archive of a kind that is read: give a .zip, a .tar or a .tar.gz, or unpack it."
    return f"{name} is no submission: give a .py, an .ipynb, an archive or a folder."
