"""What travels between `grade run` and the nodes of a cluster: MessagePack, so that no unpickler sees any of it.

Setting -> Standing,  Bundle -> Loaded,  then one Graded for each Order;  or Broken, once;  or Absent
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from grader.assignment import Assignment, load
from grader.errors import Rejected
from grader.handin import Handin
from grader.results import Environment, GradedSubmission
from grader.submission import Limits, Submission, SubmittedFile, files_sha256, read_files


class Setting(msgspec.Struct, tag="setting", frozen=True):
    """What a node is started for; `bundle` is the hash of the assignment that it will be given."""

    bundle: str
    seed: int
    sandbox: str
    notebooks: bool


class Bundle(msgspec.Struct, tag="bundle", frozen=True):
    """An assignment: the files of its two folders, by their place in the course."""

    slug: str
    files: dict[str, bytes]


class Order(msgspec.Struct, tag="order", frozen=True):
    """A submission to be graded: its files are names, and bytes where there is something to run."""

    id: str
    student: str
    names: tuple[str, ...]
    contents: tuple[bytes, ...]
    sha256: str
    main: str | None
    note: str
    rejection: str | None
    fault: str | None
    limits: Limits
    handin: Handin


class Standing(msgspec.Struct, tag="standing", frozen=True):
    """A node is warm, its wall stands; `checks_sha256` is of the assignment, if it has been given that already."""

    environment: Environment
    checks_sha256: str | None = None


class Loaded(msgspec.Struct, tag="loaded", frozen=True):
    """The assignment was unpacked."""

    checks_sha256: str


class Graded(msgspec.Struct, tag="graded", frozen=True):
    """One submission was graded."""

    graded: GradedSubmission


class Broken(msgspec.Struct, tag="broken", frozen=True):
    """The node ends; `exit_code` is 2 where the assignment is at fault."""

    message: str
    exit_code: int


class Absent(msgspec.Struct, tag="absent", frozen=True):
    """There is no node for this here: it was `lost`, or `displaced` by one for another run."""

    why: Literal["lost", "displaced"]


Reply = Standing | Loaded | Graded | Broken | Absent


def decoded_reply(data: bytes) -> Reply:
    """Decode what a node has answered."""
    reply: Reply = msgspec.msgpack.decode(data, type=Reply)
    return reply


def encoded(message: msgspec.Struct) -> bytes:
    """Encode one message."""
    return msgspec.msgpack.encode(message)


def bundle_of(assignment: Assignment) -> Bundle:
    """Read what grading needs of an assignment: both of its folders, without the variants that only an audit runs."""
    hidden = assignment.solution_path.parent
    files: dict[str, bytes] = {}
    for folder, place in ((assignment.public, "assignments"), (hidden, "solutions")):
        for path in _needed(folder):
            files[f"{place}/{assignment.slug}/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    return Bundle(assignment.slug, files)


def sha256_of(bundle: Bundle) -> str:
    """Hash an assignment as it travels."""
    return hashlib.sha256(f"{bundle.slug}\0{files_sha256(bundle.files)}".encode()).hexdigest()


def unpacked_bundle(bundle: Bundle, course: Path) -> Assignment:
    """Write an assignment into a folder that only we can read, and load it from there."""
    for name, data in bundle.files.items():
        path = course / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return load(bundle.slug, course)


def order_of(submission: Submission, fault: str | None = None) -> Order:
    """Read a submission, so that grading it elsewhere gives what it gives here; with a `fault`, it is not graded."""
    rejection, contents = submission.rejection, tuple[bytes, ...]()
    fault = fault or submission.fault
    if fault is None and rejection is None:
        try:
            contents = tuple(read_files(submission).values())
        except Rejected as error:
            rejection = str(error)
        except OSError as error:
            fault = f"{type(error).__name__}: {error}"
    return Order(
        id=submission.id,
        student=submission.student,
        names=tuple(file.name for file in submission.files),
        contents=contents,
        sha256=submission.sha256,
        main=submission.main,
        note=submission.note,
        rejection=rejection,
        fault=fault,
        limits=submission.limits,
        handin=submission.handin,
    )


def unpacked_order(order: Order, place: Path) -> Submission:
    """Write the files of a submission into a new folder, by number, and describe them as they were found."""
    place.mkdir(mode=0o700)
    files = tuple(SubmittedFile(name, place / str(number)) for number, name in enumerate(order.names))
    for file, data in zip(files, order.contents, strict=False):  # what is not graded comes without bytes
        file.path.write_bytes(data)
    submission = Submission(
        order.id, order.student, files, order.main, order.note, order.rejection, order.fault, order.limits, order.handin
    )
    vars(submission)["sha256"] = order.sha256  # the cached one: what is read must still have it
    return submission


def _needed(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder).parts
        left_out = inner[0] == "variants" or "__pycache__" in inner or any(part.startswith(".") for part in inner)
        if path.is_file() and not left_out:
            yield path
