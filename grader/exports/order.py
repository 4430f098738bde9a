"""What an export is made from, and what comes of it: every format gets an `Order` and gives a `Made`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.gradebook.marks import Mark
from grader.handin import Handin
from grader.report.text import line
from grader.report.write import submission_folder


@dataclass(frozen=True)
class Student:
    """One student with a mark, and how the last of the student's attempts came to us."""

    mark: Mark
    handin: Handin

    @property
    def ids(self) -> Mapping[str, str]:
        """What the platform that it came from knows the student by."""
        return self.handin.ids

    @property
    def id(self) -> str:
        """Our own id: the name of the folder in `submissions/`."""
        return self.mark.student_id

    @property
    def name(self) -> str:
        """The name, or what the platform gives for one, on one line."""
        return line(self.mark.student)

    @property
    def points(self) -> float | None:
        """What the student gets; None where nobody knows yet, which is never the same as 0."""
        return finite(self.mark.points)

    @property
    def max_points(self) -> float | None:
        """What a full mark is; None where nothing of the student has ever been graded."""
        return self.mark.max_score or (None if self.points is None else 0.0)

    @property
    def penalty(self) -> float | None:
        """What was taken off for lateness; None where there is no mark."""
        return None if self.points is None else self.mark.penalty


@dataclass(frozen=True)
class Unplaced:
    """A student who is not in what was made, and why: the end of a sentence."""

    student: Student
    why: str


@dataclass(frozen=True)
class Order:
    """What is to be exported: the students of one assignment, sorted by id, and where it goes."""

    slug: str
    title: str
    students: tuple[Student, ...]
    directory: Path
    """Of the results of a `grade run`."""
    template: Path | None = None
    column: str | None = None

    @property
    def max_points(self) -> float:
        """What a full mark is."""
        return max((student.mark.max_score for student in self.students), default=0.0)

    def page(self, student: Student) -> Path:
        """Name the page that a student is to read."""
        return submission_folder(self.directory, student.id) / "feedback.html"


@dataclass(frozen=True)
class Made:
    """One file to upload, whole; who is in it, who is not, and what staff should know besides."""

    data: bytes
    placed: tuple[Student, ...]
    unplaced: tuple[Unplaced, ...] = ()
    notes: tuple[str, ...] = ()


def finite(value: float | None) -> float | None:
    """Take a number for what it is, and what is none (NaN, Inf) for unknown."""
    return value if value is not None and math.isfinite(value) else None


def apart(students: Iterable[tuple[Student, str]], known_as: str) -> tuple[list[tuple[Student, str]], list[Unplaced]]:
    """Keep the students whose key is known and nobody else's: two of one key are told, and neither is placed."""
    pairs = list(students)
    owners: dict[str, list[Student]] = {}
    for student, key in pairs:
        owners.setdefault(key, []).append(student)
    kept = [(student, key) for student, key in pairs if key and len(owners[key]) == 1]
    unplaced = []
    for student, key in pairs:
        if not key:
            unplaced.append(Unplaced(student, f"no {known_as} is known"))
        elif len(owners[key]) > 1:
            others = ", ".join(other.id for other in owners[key] if other is not student)
            unplaced.append(Unplaced(student, f"{others} has the same {known_as}, {line(key)}"))
    return kept, unplaced
