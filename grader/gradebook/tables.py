"""The tables of a gradebook. Results are facts: nothing here is a mark, which policy makes of them.

run 1--n attempt (what was handed in)    attempt 1--n outcome (how it was graded, one for each key)
student, files and check 1--n review (what a person decided)
"""

from __future__ import annotations

from sqlalchemy import Float, ForeignKey, Index, LargeBinary, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

VERSION = 2
"""Of these tables; 1 had no reviews. A gradebook of a later version is refused by name."""

_NAMES = {"uq": "uq_%(table_name)s_%(column_0_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s"}


class Base(DeclarativeBase):
    """All tables of a gradebook."""

    metadata = MetaData(naming_convention=_NAMES)


class Format(Base):
    """One row: the version of the tables."""

    __tablename__ = "gradebook_format"

    version: Mapped[int] = mapped_column(primary_key=True)


class Run(Base):
    """One `grade run`, finished or not; its number orders what was seen when."""

    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment: Mapped[str] = mapped_column(String(200))
    started_at: Mapped[str] = mapped_column(String(40))
    """ISO 8601, UTC."""
    whole: Mapped[bool] = mapped_column(default=False)
    """Whether it was given a class and not a part of one (`--only`, or one file)."""


class Attempt(Base):
    """What one student handed in once: the same files, handed in again, are the same attempt."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("assignment", "student_id", "sha256", "submitted_at"),
        Index("ix_attempt_last_run", "assignment", "last_run"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment: Mapped[str] = mapped_column(String(200))
    student_id: Mapped[str] = mapped_column(String(200))
    """The ID of the contract: the name of the folder in `submissions/`."""
    student: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the files' names and bytes."""
    submitted_at: Mapped[str] = mapped_column(String(64))
    handin: Mapped[bytes] = mapped_column(LargeBinary)
    """`grader.handin.Handin` as JSON."""
    first_run: Mapped[int] = mapped_column(ForeignKey("run.id"))
    last_run: Mapped[int] = mapped_column(ForeignKey("run.id"))


class Outcome(Base):
    """How an attempt was graded; another key (checks, seed, versions, layers) is another row, the same replaces it."""

    __tablename__ = "outcome"
    __table_args__ = (UniqueConstraint("attempt_id", "key"), Index("ix_outcome_key", "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    key: Mapped[str] = mapped_column(String(64))
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    """The run that last found this to be how the attempt is graded."""
    graded_at: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20))
    score: Mapped[float | None] = mapped_column(Float)
    max_score: Mapped[float] = mapped_column(Float)
    result: Mapped[bytes] = mapped_column(LargeBinary)
    """`result.json`, zlib."""
    evidence: Mapped[bytes] = mapped_column(LargeBinary)
    """`evidence.json`, zlib."""


class Review(Base):
    """What a person decided on a check of a student's files; entries are only added, the last one counts."""

    __tablename__ = "review"
    # Of two who have seen the same entry, one can add the next.
    __table_args__ = (UniqueConstraint("assignment", "student_id", "sha256", "check_id", "upon"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment: Mapped[str] = mapped_column(String(200))
    student_id: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    check_id: Mapped[str] = mapped_column(String(300))
    points: Mapped[float | None] = mapped_column(Float)
    """None takes back what was decided."""
    comment: Mapped[str] = mapped_column(Text)
    reviewer: Mapped[str] = mapped_column(String(200))
    reviewed_at: Mapped[str] = mapped_column(String(40))
    """ISO 8601, UTC."""
    nonce: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the form that was sent: sent twice, it is one entry."""
    upon: Mapped[int] = mapped_column(default=0)
    """The entry that was the last one when this was decided."""
