"""The versions that results depend on, told without importing what they are of."""

from __future__ import annotations

import platform
from importlib import metadata

from grader import __version__
from grader.results import Environment


def environment_here() -> Environment:
    """List them; a build such as `2.13.0+cpu` is the version 2.13.0."""
    return Environment(
        python=platform.python_version(), torch=metadata.version("torch").split("+")[0], grader=__version__
    )
