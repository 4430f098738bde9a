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
from pathlib import Path, PurePosixPath

from grader.errors import Rejected, SandboxError, UsageError
from grader.intake.archives import NotRead, Unpack, none_here
from grader.intake.look import Seen, entries_of, look_at, walk
from grader.submission import (
    Limits,
    Submission,
    display_text,
    is_archive,
    printable,
    read_regular,
    stem_of,
    with_unique_ids,
)

SUFFIXES = (".py", ".ipynb")
NEVER_MAIN = {"public_checks.py", "__init__.py"}
"""Files that lie beside an answer and are none: the first is released with every assignment."""

WIDER = 10
"""An archive that is given as an argument may hold this many times what one submission may: it may be a class."""


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
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            found += finder.in_folder(path)
        elif stat.S_ISLNK(mode) or _is_answer(path.name):
            files.append(path)
        elif is_archive(path.name):
            # Among others it is one student's, who must not hand in for another by a file of that name.
            found += finder.in_archive(path) if len(paths) == 1 else [finder.of_archive(path)]
        else:
            raise UsageError(_wrong_type(path))
    found += finder.of_files(files)
    return with_unique_ids(sorted(found, key=lambda one: (one.id, [str(file.path) for file in one.files])))


@dataclass(frozen=True)
class Finder:
    """Find the submissions of one assignment; their ids are the names as found, not yet safe nor unique."""

    slug: str
    stubs: Mapping[str, bytes]
    limits: Limits
    tell: Callable[[str], object] = lambda _: None
    unpack: Unpack = none_here

    def in_folder(self, folder: Path) -> list[Submission]:
        """Take a folder for one submission if it holds the assignment's file, and for a class otherwise."""
        if found := self._in(folder, display_text(str(folder))):
            return found
        raise UsageError(f"{display_text(str(folder))} holds no .py or .ipynb file, and no folder for each student.")

    def in_archive(self, path: Path) -> list[Submission]:
        """Take an archive that staff name for what its unpacked folder would be; what is no answer is rejected."""
        student = stem_of(path.name)
        wide = replace(
            self.limits,
            max_files=WIDER * self.limits.max_files,
            max_file_bytes=self.limits.max_total_bytes,
            max_total_bytes=WIDER * self.limits.max_total_bytes,
            max_depth=self.limits.max_depth + 2,
        )
        try:
            folder = self.unpack(path, wide, False)
        except NotRead as error:
            raise UsageError(_wrong_type(path)) from error
        except OSError as error:
            raise UsageError(f"{display_text(str(path))} cannot be unpacked: {error.strerror}.") from error
        except Rejected as error:
            self.tell(f"{display_text(path.name)} is rejected as one submission: {error}")
            return [replace(self._empty(student), rejection=str(error))]
        found = self._in(folder, display_text(str(path))) or [self.of_folder(folder, unpacked=True)]
        return found if len(found) > 1 else [self._named(found[0], student)]

    def of_archive(self, path: Path) -> Submission:
        """Make one submission of an archive among those of a class."""
        student = stem_of(path.name)
        try:
            look_at(path, display_text(path.name), replace(self.limits, max_file_bytes=self.limits.max_total_bytes))
            return self._named(self.of_folder(self.unpack(path, self.limits, True), unpacked=True), student)
        except Rejected as error:
            return replace(self._empty(student), rejection=str(error))
        except (SandboxError, OSError) as error:  # no fault of the student's, and the class goes on
            said = f"{display_text(path.name)} could not be unpacked here: {error}"
            return replace(self._empty(student), fault=said)

    def _in(self, folder: Path, called: str) -> list[Submission]:
        entries = entries_of(folder)
        if exact := [entry for entry in entries if self._is_exact(entry.name) and entry.is_file(follow_symlinks=False)]:
            entries = [entry for entry in entries if entry not in exact]
            if not all(self._is_stub(Path(entry)) for entry in exact) or not self._is_class(entries):
                return [self.of_folder(folder)]
            left = " and ".join(entry.name for entry in exact)
            self.tell(f"{left} in {called} is left aside: it is the unchanged stub.")
        found = self.of_files([Path(entry) for entry in entries if not entry.is_dir() and _may_be_main(entry.name)])
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
            return replace(self._empty(folder.name), rejection=str(error))
        candidates = [one for one in seen if _may_be_main(one.path.name)]
        archives = [one for one in seen if is_archive(one.path.name)]
        if not candidates and len(archives) == 1 and not unpacked:
            return self._named(self.of_archive(archives[0].file.path), folder.name)
        return self._judge(folder.name, seen, candidates)

    def _of_attempt(self, student: str, paths: list[Path]) -> Submission:
        seen, rejection = [], ""
        for path in sorted(paths):
            try:
                seen.append(look_at(path, display_text(path.name), self.limits))
            except Rejected as error:
                rejection = str(error)
        if not seen:
            return replace(self._empty(student), rejection=rejection)
        return self._judge(student, seen, seen)

    def _judge(self, student: str, seen: list[Seen], candidates: list[Seen]) -> Submission:
        submission = replace(self._empty(student), files=tuple(one.file for one in seen))
        try:
            main, note = self._choose(candidates)
        except Rejected as error:
            return replace(submission, rejection=str(error))
        return replace(submission, main=main, note=note)

    def _empty(self, student: str) -> Submission:
        return Submission(student, display_text(student) or "?", (), None, limits=self.limits)

    def _named(self, submission: Submission, student: str) -> Submission:
        return replace(submission, id=student, student=display_text(student) or "?")

    def _choose(self, candidates: list[Seen]) -> tuple[str, str]:
        """Choose the file to grade, and say so where there was a choice."""
        usable = [one for one in candidates if _is_answer(one.path.name)]
        wanted = f"{self.slug}.py or {self.slug}.ipynb"
        if not usable:
            raise Rejected(f"No .py or .ipynb file was handed in; expected {wanted}.")
        if len(usable) == 1:
            return usable[0].file.name, ""
        stubs = [one for one in usable if self._is_stub(one.file.path)]
        changed = [one for one in usable if one not in stubs]
        for pool in (changed, usable):  # an untouched stub counts only where nothing else can be meant
            rivals = self._named_right(pool) or (pool if _is_one_answer(pool) else [])
            if len(main := self._best(rivals)) == 1:
                rivals += [one for one in (changed if main[0] in stubs else stubs) if one not in rivals]
                return main[0].file.name, _note(main[0], rivals, stubs)
            if rivals:
                break
        names = printable([one.file.name for one in usable])
        raise Rejected(f"It is not clear which file to grade ({names}); name it {wanted}.")

    def _is_exact(self, name: str) -> bool:
        path = PurePosixPath(name)
        return path.stem == self.slug and path.suffix.lower() in SUFFIXES

    def _is_class(self, entries: Iterable[os.DirEntry[str]]) -> bool:
        """Tell whether these are answers of several students, and none a student's copy of the assignment's file."""
        answers: set[str] = set()
        for entry in entries:
            stem = PurePosixPath(entry.name).stem
            if entry.is_dir(follow_symlinks=False):
                answers |= {entry.name} if _holds_answer(Path(entry), self.limits) else set()
            elif is_archive(entry.name):
                answers.add(stem_of(entry.name))
            elif _may_be_main(entry.name):
                if self._copy_number(stem) is not None:
                    return False
                answers.add(stem)
        return len(answers) > 1

    def _named_right(self, pool: list[Seen]) -> list[Seen]:
        """Keep the files that have the assignment's name, or else those that are called a copy of it."""
        return [one for one in pool if self._is_exact(one.path.name)] or [
            one for one in pool if self._copy_number(one.path.stem) is not None
        ]

    def _copy_number(self, stem: str) -> int | None:
        """Read the number that browsers, Colab and file managers add to a name that they have already."""
        copy = rf"(copy of )?{re.escape(self.slug)}([ _-]*copy)?[ _-]*\(?(?P<number>\d{{0,6}})\)?"
        match = re.fullmatch(copy, stem, re.IGNORECASE)
        return int(match["number"] or 0) if match else None

    def _best(self, rivals: list[Seen]) -> list[Seen]:
        """Prefer what lies nearest to the top, then the latest copy, then Python to a notebook."""

        def rank(one: Seen) -> tuple[int, int, bool]:
            return len(one.path.parts), -(self._copy_number(one.path.stem) or 0), one.suffix != ".py"

        best = min(map(rank, rivals), default=None)
        return [one for one in rivals if rank(one) == best]

    def _is_stub(self, path: Path) -> bool:
        same = [data for data in self.stubs.values() if len(data) == path.lstat().st_size]
        return bool(same) and read_regular(path, path.name, self.limits) in same


def _is_answer(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def _may_be_main(name: str) -> bool:
    return _is_answer(name) and name.lower() not in NEVER_MAIN


def _holds_answer(folder: Path, limits: Limits) -> bool:
    try:
        return any(_may_be_main(one.path.name) or is_archive(one.path.name) for one in walk(folder, limits))
    except Rejected:  # whatever it is, it is somebody's
        return True


def _is_one_answer(pool: list[Seen]) -> bool:
    """Tell whether these are one file, or one answer as `.py` and as `.ipynb`."""
    return len({one.path.with_suffix("") for one in pool}) == 1


def _note(main: Seen, rivals: list[Seen], stubs: list[Seen]) -> str:
    """Say which of several files was graded."""
    names = [one.file.name for one in sorted(rivals, key=lambda one: (one.suffix == ".ipynb", one.file.name))]
    if len(names) == 1:
        return ""
    handed_in = f"Both {names[0]} and {names[1]}" if len(names) == 2 else printable(names)
    left = [one for one in rivals if one is not main]
    if main in stubs or not all(one in stubs for one in left):
        return f"{handed_in} were handed in; {main.file.name} was graded."
    return f"{handed_in} were handed in; {main.file.name} was graded: the rest is the unchanged stub."


def _mode(path: Path) -> int:
    """Look at an argument, without following it."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError as error:
        wanted = "give a .py, an .ipynb, an archive or a folder"
        raise UsageError(f"{display_text(str(path))} does not exist: {wanted}.") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{display_text(str(path))} cannot be read: {error}.") from error


def _wrong_type(path: Path) -> str:
    name = display_text(str(path))
    if is_archive(path.name):
        return f"{name} is no archive of a kind that is read: give a .zip, a .tar or a .tar.gz, or unpack it."
    return f"{name} is no submission: give a .py, an .ipynb, an archive or a folder."
