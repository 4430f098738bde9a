"""Which file of one student's is graded, whatever way it was collected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from grader.errors import Rejected
from grader.intake.look import Seen
from grader.submission import Limits, Submission, display_text, printable, read_regular

SUFFIXES = (".py", ".ipynb")
NEVER_MAIN = {"public_checks.py", "__init__.py"}
"""Files that lie beside an answer and are none: the first is released with every assignment."""


@dataclass(frozen=True)
class Judge:
    """Judge what one student has handed in for one assignment; nothing of it is run."""

    slug: str
    stubs: Mapping[str, bytes]
    limits: Limits

    @property
    def wanted(self) -> str:
        """Name the files that are expected, for a sentence."""
        return f"{self.slug}.py or {self.slug}.ipynb"

    def empty(self, student: str) -> Submission:
        """Make a submission of no files."""
        return Submission(student, display_text(student) or "?", (), None, limits=self.limits)

    def judge(self, student: str, seen: list[Seen], candidates: list[Seen]) -> Submission:
        """Make one submission of these files; those that can be meant are the candidates."""
        submission = replace(self.empty(student), files=tuple(one.file for one in seen))
        try:
            main, note = self._choose(candidates)
        except Rejected as error:
            return replace(submission, rejection=str(error))
        return replace(submission, main=main, note=note)

    def _choose(self, candidates: list[Seen]) -> tuple[str, str]:
        """Choose the file to grade, and say so where there was a choice."""
        usable = [one for one in candidates if is_answer(one.path.name)]
        if not usable:
            raise Rejected(f"No .py or .ipynb file was handed in; expected {self.wanted}.")
        if len(usable) == 1:
            return usable[0].file.name, ""
        stubs = [one for one in usable if self.is_stub(one.file.path)]
        changed = [one for one in usable if one not in stubs]
        for pool in (changed, usable):  # an untouched stub counts only where nothing else can be meant
            rivals = self._named_right(pool) or (pool if _is_one_answer(pool) else [])
            if len(main := self._best(rivals)) == 1:
                rivals += [one for one in (changed if main[0] in stubs else stubs) if one not in rivals]
                return main[0].file.name, _note(main[0], rivals, stubs)
            if rivals:
                break
        names = printable([one.file.name for one in usable])
        raise Rejected(f"It is not clear which file to grade ({names}); name it {self.wanted}.")

    def is_exact(self, name: str) -> bool:
        """Tell the assignment's own file by its name."""
        path = PurePosixPath(name)
        return path.stem == self.slug and path.suffix.lower() in SUFFIXES

    def _named_right(self, pool: list[Seen]) -> list[Seen]:
        """Keep the files that have the assignment's name, or else those that are called a copy of it."""
        return [one for one in pool if self.is_exact(one.path.name)] or [
            one for one in pool if self.copy_number(one.path.stem) is not None
        ]

    def copy_number(self, stem: str) -> int | None:
        """Read the number that browsers, Colab and file managers add to a name that they have already."""
        copy = rf"(copy of )?{re.escape(self.slug)}([ _-]*copy)?[ _-]*\(?(?P<number>\d{{0,6}})\)?"
        match = re.fullmatch(copy, stem, re.IGNORECASE)
        return int(match["number"] or 0) if match else None

    def _best(self, rivals: list[Seen]) -> list[Seen]:
        """Prefer what lies nearest to the top, then the latest copy, then Python to a notebook."""

        def rank(one: Seen) -> tuple[int, int, bool]:
            return len(one.path.parts), -(self.copy_number(one.path.stem) or 0), one.suffix != ".py"

        best = min(map(rank, rivals), default=None)
        return [one for one in rivals if rank(one) == best]

    def is_stub(self, path: Path) -> bool:
        """Tell whether a file is what students got, unchanged."""
        same = [data for data in self.stubs.values() if len(data) == path.lstat().st_size]
        return bool(same) and read_regular(path, path.name, self.limits) in same


def is_answer(name: str) -> bool:
    """Tell a file that can be graded by its ending."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def may_be_main(name: str) -> bool:
    """Tell such a file from what lies beside an answer and is none."""
    return is_answer(name) and name.lower() not in NEVER_MAIN


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
