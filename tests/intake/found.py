"""Discover what tests have laid out; archives are unpacked in this process, by what a worker runs."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.intake.archives import Unpack, paths_of
from grader.intake.discover import discover
from grader.intake.look import only_folder
from grader.sandbox import archives, unpacking
from grader.submission import Limits, Submission, read_files
from tests.layouts import Person, laid

SLUG = "hw1"

JANE = Person("Jane", "Doe", 1001, "jdoe", {"hw1.py": b"jane"})
ZOE = Person("Zoë", "O'Müller, Jr.", 1002, "zoe_m", {"hw1.ipynb": b'{"cells": []}', "data/points.csv": b"1,2"})
OTHER_JANE = Person("Jane", "Doe", 1003, "jdoe2", {"hw1.py": b"other"})
ROE = Person("Jo", "Roe", 1002, "jroe", {"hw1.py": b"roe"})


def unpacking_to(base: Path) -> Unpack:
    """Make an `Unpack` without a worker."""

    def unpack(path: Path, limits: Limits, single: bool) -> Path:
        place = base / str(len(list(base.iterdir())))
        wanted = unpacking.Unpack(
            1, path.name, path.name, limits.max_files, limits.max_file_bytes, limits.max_total_bytes,
            limits.max_depth, limits.max_name,
        )  # fmt: skip
        found = archives.unpack(io.BytesIO(path.read_bytes()), wanted)
        entries = [unpacking.Entry(name, len(data)) for name, data in found]
        for parts, (_, data) in zip(paths_of(entries, limits, path.name), found, strict=True):
            file = place.joinpath(*parts)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        return (only_folder(place) or place) if single else place

    base.mkdir(exist_ok=True)
    return unpack


@dataclass
class Found:
    """The submissions by id, and what was told."""

    by_id: dict[str, Submission]
    told: list[str] = field(default_factory=list)

    def contents(self) -> dict[str, dict[str, bytes]]:
        """Read the files of all."""
        return {name: {} if one.rejection else read_files(one) for name, one in self.by_id.items()}


def found(*paths: Path, layout: str = "auto", slug: str = SLUG, limits: Limits = Limits()) -> Found:  # noqa: B008 - frozen
    """Discover the submissions of the assignment that these tests hand in."""
    told: list[str] = []
    unpack = unpacking_to(paths[0].parent / ".unpacked")
    submissions = discover(paths, slug, {}, limits, told.append, unpack, layout)
    return Found({one.id: one for one in submissions}, told)


def judged(tmp_path: Path, entries: Mapping[str, bytes], layout: str = "auto") -> Found:
    """Discover a class that lies unpacked in a folder."""
    return found(laid(tmp_path / "class", entries), layout=layout)
