"""The plain layout: files and folders as they lie on a disk.

A file is a submission; a folder that holds `<slug>.py` or `<slug>.ipynb` is one too; any other folder is a
class, and every `.py`, `.ipynb` and folder in it is a submission. So is a folder where that file is the
unchanged stub, and several answers lie beside it: staff have left it there, and it is left aside. Endings count
in upper case too (`B.PY`). A student's mistake is a rejection with a sentence for the student; a mistake of
staff is a `UsageError`.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from grader.errors import Rejected, UsageError
from grader.intake.look import Seen, entries_of, look_at, walk
from grader.submission import (
    Limits,
    Submission,
    display_text,
    printable,
    read_regular,
    with_unique_ids,
)

SUFFIXES = (".py", ".ipynb")
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")
NEVER_MAIN = {"public_checks.py", "__init__.py"}
"""Files that lie beside an answer and are none: the first is released with every assignment."""


def discover(
    arguments: Sequence[Path],
    slug: str,
    stubs: Mapping[str, bytes] = {},
    limits: Limits = Limits(),  # noqa: B008 - frozen
    tell: Callable[[str], object] = lambda _: None,
) -> list[Submission]:
    """Find the submissions in files and folders, sorted by id; raises `UsageError` for a wrong argument.

    `tell` is called with a sentence for staff where something was left aside that might have been meant.
    """
    finder = Finder(slug, stubs, limits, tell)
    found: list[Submission] = []
    files: list[Path] = []
    for path in dict.fromkeys(Path(os.path.abspath(path)) for path in arguments):  # noqa: PTH100 - keeps links
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            found += finder.in_folder(path)
        elif stat.S_ISLNK(mode) or _is_answer(path.name):
            files.append(path)
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

    def in_folder(self, folder: Path) -> list[Submission]:
        """Take a folder for one submission if it holds the assignment's file, and for a class otherwise."""
        entries = entries_of(folder)
        if exact := [entry for entry in entries if self._is_exact(entry.name) and entry.is_file(follow_symlinks=False)]:
            entries = [entry for entry in entries if entry not in exact]
            if not all(self._is_stub(Path(entry)) for entry in exact) or not self._is_class(entries):
                return [self.of_folder(folder)]
            left = " and ".join(entry.name for entry in exact)
            self.tell(f"{left} in {display_text(str(folder))} is left aside: it is the unchanged stub.")
        archives = [entry for entry in entries if entry.name.lower().endswith(ARCHIVES)]
        if archives:  # a student would silently be left out
            raise UsageError(_wrong_type(Path(archives[0])))
        folders = [Path(entry) for entry in entries if entry.is_dir()]
        found = self.of_files([Path(entry) for entry in entries if not entry.is_dir() and _may_be_main(entry.name)])
        found += [self.of_folder(path) for path in folders]
        if not found:
            name = display_text(str(folder))
            raise UsageError(f"{name} holds no .py or .ipynb file, and no folder for each student.")
        return found

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

    def of_folder(self, folder: Path) -> Submission:
        """Make one submission of all that a student's folder holds."""
        try:
            seen = walk(folder, self.limits)
        except Rejected as error:
            return replace(self._empty(folder.name), rejection=str(error))
        return self._judge(folder.name, seen, [one for one in seen if _may_be_main(one.path.name)])

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
        return any(_may_be_main(one.path.name) for one in walk(folder, limits))
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
        wanted = "give a .py, an .ipynb or a folder"
        raise UsageError(f"{display_text(str(path))} does not exist: {wanted}.") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{display_text(str(path))} cannot be read: {error}.") from error


def _wrong_type(path: Path) -> str:
    name = display_text(str(path))
    if path.name.lower().endswith(ARCHIVES):
        return f"{name}: archives are not read yet: unpack it and give the folder."
    return f"{name} is no submission: give a .py, an .ipynb or a folder."
