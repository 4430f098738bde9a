"""`grade package`, from the arguments to what the instructor is told."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from grader.assignment import Assignment, load
from grader.errors import UsageError
from grader.packaging import FOLDER, Packager, Wanted, packager_of
from grader.packaging.archive import ending_of, refuse_taken, write
from grader.platforms.settings import PLATFORMS

_IMAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@-]*")
"""The letters of an image's name: it stands in scripts and in what staff type, where others mean something."""


@dataclass(frozen=True)
class PackageOptions:
    """The arguments of `grade package`."""

    assignment: str
    platform: str
    output: Path
    course: Path | None = None
    image: str = ""
    torch_index: str = ""


def package(options: PackageOptions) -> None:
    """Write one package, and say what to do with it; raises `UsageError` before anything is written."""
    packager = packager_of(options.platform)
    _refuse_bad_arguments(options, packager)
    wanted = Wanted(_gradable(load(options.assignment, options.course)), options.image, options.torch_index)
    write(packager.package(wanted), options.output)
    sys.stdout.write(f"{options.output} is the package of {wanted.assignment.slug} for {options.platform}.\n")
    sys.stdout.write("It holds the solution and the checks: give it to nobody but the platform.\n")
    for line in packager.then(wanted):
        sys.stdout.write(f"- {line}\n")
    for sentence in warnings_of(wanted.assignment, options.platform, packager):
        sys.stderr.write(f"grade: {sentence}\n")


def _gradable(assignment: Assignment) -> Assignment:
    if assignment.hidden is None:
        raise UsageError(
            f"this course has no solutions/{assignment.slug}/, so nothing could be graded: name the course of the "
            "staff with --course."
        )
    return assignment


def _refuse_bad_arguments(options: PackageOptions, packager: Packager) -> None:
    if packager.needs_image and not options.image:
        if packager.builds_image:
            how = "say with --image NAME what it shall be called there. It is built of the package, as its README says"
        else:
            made = "make one with the Dockerfile of the grader's checkout (docker build -t NAME . && docker push NAME)"
            how = f"{made}, and give --image NAME"
        raise UsageError(f"{options.platform} pulls an image with the grader: {how}.")
    if options.image and not _IMAGE.fullmatch(options.image):
        raise UsageError(f"--image {options.image!r} is no name of an image: it is like registry/name:tag.")
    if options.torch_index and not _is_address(options.torch_index):
        raise UsageError(f"--torch-index {options.torch_index!r} is no address: it begins with https://.")
    if ending_of(options.output) not in packager.endings:
        kinds = " or ".join("a folder" if one == FOLDER else one for one in packager.endings)
        raise UsageError(f"{options.platform} takes {kinds}, and {options.output} would be something else.")
    refuse_taken(options.output)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    whole = text.isascii() and text.isprintable() and " " not in text
    return whole and (parts.scheme == "file" or (parts.scheme in {"http", "https"} and bool(parts.hostname)))


def warnings_of(assignment: Assignment, platform: str, packager: Packager) -> Iterator[str]:
    """Say where what a platform gives by itself is too little, and which setting changes that."""
    if platform not in PLATFORMS:
        return
    name, given, settings = platform, PLATFORMS[platform], assignment.platforms
    seconds, memory = settings.seconds_of(name), settings.memory_of(name)
    if memory < assignment.memory_mb:
        yield (
            f"the package counts on {memory} MB, and a submission to {assignment.slug} may use {assignment.memory_mb} "
            f"MB: raise `{name}` in [platforms.memory_mb] of assignment.toml, or lower `memory_mb` in [limits]."
        )
    if "seconds" not in packager.sets and given.seconds < seconds:
        yield (
            f"{given.title} gives a submission {given.seconds:g} seconds by itself, and this package counts on "
            f"{seconds:g}: set that in {given.where}."
        )
    needed = max(memory, assignment.memory_mb)
    if "memory" not in packager.sets and given.memory_mb is not None and given.memory_mb < needed:
        yield (
            f"{given.title} gives a submission {given.memory_mb} MB by itself, and this package needs {needed} MB: "
            f"set that in {given.where}."
        )
