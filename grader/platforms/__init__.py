"""The platforms that our container runs on: one file each, two pure functions in each.

    find    what the platform has laid out  -> whose submission, which files, until when
    answer  a result as students may see it -> the files, lines and exit code that the platform reads

`entry` is what runs between the two; what would break any of them is kept out in one place, `safe`.
"""

from __future__ import annotations

import importlib

from grader.errors import UsageError
from grader.platforms.contract import Platform, Surroundings
from grader.platforms.settings import PLATFORMS

AUTO = "auto"


def platform_of(name: str) -> Platform:
    """Find a platform by its name; raises UsageError where there is none of that name."""
    if name not in PLATFORMS:
        raise UsageError(f"there is no platform {name!r}: give {AUTO} or one of {', '.join(PLATFORMS)}.")
    platform: Platform = importlib.import_module(f"grader.platforms.{name}").PLATFORM
    return platform


def recognised(around: Surroundings) -> Platform:
    """Recognise the platform by what it has laid out; raises UsageError where none or several fit."""
    here = [one for one in map(platform_of, PLATFORMS) if one.is_here(around)]
    if len(here) == 1:
        return here[0]
    names = ", ".join(one.name for one in here)
    if here:
        raise UsageError(f"this may be any of {names}: say which, as in `grade platform {here[0].name}`.")
    raise UsageError(
        f"this looks like none of the platforms {', '.join(PLATFORMS)}: say which, as in `grade platform gradescope`."
    )


__all__ = ["AUTO", "platform_of", "recognised"]
