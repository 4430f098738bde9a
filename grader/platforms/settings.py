"""What `[platforms]` in `assignment.toml` says, and what each platform gives if nobody changes a setting there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec


@dataclass(frozen=True)
class Given:
    """What a platform gives by itself, what our package asks it for, and where that is changed by hand."""

    title: str
    seconds: float
    """By itself, by the clock."""
    memory_mb: int | None
    """By itself; None: as much as the machine has."""
    asked_seconds: float
    """What our package sets, or tells staff to set."""
    asked_memory_mb: int
    most_seconds: float
    """The most that can be set."""
    where: str
    """Where staff set them."""


PLATFORMS: dict[str, Given] = {
    "gradescope": Given(
        "Gradescope", 600, 768, 600, 3072, 2400, "Configure Autograder, and Settings > Autograder > Container Resources"
    ),
    "prairielearn": Given(
        "PrairieLearn", 30, 2048, 180, 2048, 600, "`timeout` in info.json; memory is the server's own setting"
    ),
    "autolab": Given(
        "Autolab", 180, None, 300, 2048, 900, "the assessment's Autograder page; memory is Tango's own setting"
    ),
    "coursera": Given(
        "Coursera", 1200, 4096, 1200, 4096, 3600, "the options of `coursera_autograder upload`"
    ),
    "edx": Given(
        "Open edX", 20, 256, 180, 2048, 3600, "`timeout` and `memory_limit` of the queue's KWARGS in conf.d"
    ),
    "submitty": Given(
        "Submitty", 10, 1024, 180, 4096, 3600, "`resource_limits` in config.json"
    ),
    "coderunner": Given(
        "Moodle CodeRunner", 10, 400, 240, 2048, 240, "the question's TimeLimit and MemLimit, up to what Jobe allows"
    ),
    "vpl": Given(
        "Moodle VPL", 240, 128, 240, 2048, 960, "the activity's Execution resource limits, up to the site's maximum"
    ),
    "github": Given(
        "GitHub Actions", 21600, None, 900, 2048, 21600, "`timeout-minutes` in the workflow"
    ),
    "classroom50": Given(
        "Classroom 50", 21600, None, 900, 2048, 21600, "the Actions job of the classroom"
    ),
}  # fmt: skip
"""The platforms, by name; the figures are those of `spec/platforms.md`."""

_Seconds = Annotated[float, msgspec.Meta(ge=10, le=86_400)]
_Count = Annotated[int, msgspec.Meta(gt=0, le=1_000_000)]
_Scale = Annotated[int, msgspec.Meta(ge=1, le=10_000)]


class Platforms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `[platforms]` in `assignment.toml` says; the same for every submission."""

    rejected: Literal["zero", "failure"] = "zero"
    """What cannot be read as a submission costs all points, or is told as a failure that staff can run again."""
    scale: _Scale = 100
    """By what points are multiplied where a platform takes whole numbers alone."""
    seconds: dict[str, _Seconds] = {}
    """What a platform was set to give one submission, by its name."""
    memory_mb: dict[str, _Count] = {}
    """What our package shall ask a platform for, by its name."""

    def __post_init__(self) -> None:
        """Refuse a name that is no platform's."""
        for name in (*self.seconds, *self.memory_mb):
            if name not in PLATFORMS:
                raise ValueError(f"there is no platform {name!r}; there are {', '.join(PLATFORMS)}")
        for name, seconds in self.seconds.items():
            if seconds > PLATFORMS[name].most_seconds:
                raise ValueError(f"{PLATFORMS[name].title} gives {PLATFORMS[name].most_seconds:g} seconds at most")

    def seconds_of(self, name: str) -> float:
        """Say how long a submission may take on a platform, in seconds by the clock."""
        return self.seconds.get(name, PLATFORMS[name].asked_seconds)

    def memory_of(self, name: str) -> int:
        """Say how much memory a submission should find on a platform, in MB."""
        return self.memory_mb.get(name, PLATFORMS[name].asked_memory_mb)
