"""`grade doctor`: which isolation this machine gives, what is missing, how to have it, and whether `grade run` starts.

versions -> layers -> a real worker that tries to break out -> what it all means
"""

from __future__ import annotations

import os
import platform
import sys
import textwrap
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from grader import __version__
from grader.errors import SandboxError

if TYPE_CHECKING:
    from grader.sandbox.selftest import Attempts

LEAST_MEMORY = 1 << 30
"""Bytes that torch, warm, and one submission beside it are at home in."""

_PACKAGES = ("torch", "numpy", "matplotlib")
_CGROUPS = Path("/sys/fs/cgroup")
_WIDTH = 100


def doctor() -> int:
    """Print what was found, and return the exit code: 0 where `grade run` starts, else 3."""
    need_linux()
    found = examine()
    sys.stdout.write("\n".join(lines(found)) + "\n")
    return 0 if found.starts else SandboxError.exit_code


def need_linux() -> None:
    """Refuse another system in one sentence, before anything is imported that it does not have."""
    if sys.platform != "linux":
        raise SandboxError(
            f"submitted code is run on Linux alone, for what keeps it in is Linux's, and this is {platform.system()}; "
            "use a Linux machine, a virtual one or a container (`grade check` works everywhere)"
        )


@dataclass(frozen=True)
class Examined:
    """What a machine gives, and what came of the self-test: attempts, or why there were none."""

    given: tuple[str, ...]
    watched: bool
    absent: tuple[str, ...]
    refused: str | None
    strict_refused: str | None
    attempts: Attempts | None
    failure: str

    @property
    def starts(self) -> bool:
        """Whether `grade run` starts here."""
        return not (self.refused or self.absent or self.failure or (self.attempts and self.attempts.holes))


def examine() -> Examined:
    """Try every layer, and let a real worker try to break out of them all, as each `grade run` does."""
    from grader.sandbox import lockdown, remedies

    given = lockdown.available()
    refused = remedies.refusal(given)
    absent = tuple(name for name in _PACKAGES if not _version(name))
    attempts, failure = None, ""
    if not refused and not absent:
        try:
            attempts = _self_test(given)
        except (SandboxError, OSError, ImportError) as error:
            failure = str(error)
    watched = Path(f"/proc/{os.getpid()}/statm").exists()
    return Examined(given, watched, absent, refused, remedies.strict_refusal(given), attempts, failure)


def _self_test(layers: tuple[str, ...]) -> Attempts:
    from grader.assignment import course_folder
    from grader.sandbox import forks, host, nursery, selftest

    solutions = course_folder() / "solutions"
    nursery.one_thread()
    nursery.warm(notebooks=False)
    os.environ[selftest.VARIABLE] = "planted"
    with forks.uninterrupted():
        handle = host.start_nursery(layers, hidden=[solutions] if solutions.is_dir() else [])
        try:
            with forks.interruptible():
                return selftest.attempt(handle)
        finally:
            host.stop_nursery(handle)


def lines(found: Examined) -> Iterator[str]:
    """Say it all on one screen."""
    from grader.sandbox import remedies

    yield _versions()
    yield f"Here you are {setting(found.given)}."
    yield ""
    for layer, text in remedies.STOPS.items():
        there = found.watched if layer == "watcher" else layer in found.given
        yield f"  {'in force' if there else 'MISSING ':8}  {layer:12}  stops {text}"
        if not there:
            yield from _wrapped(f"to have it: {remedies.remedy(layer)}", indent=26)
    yield ""
    yield from _wrapped(f"Self-test: {_outcome(found)}")
    yield from _wrapped(f"grade run: {_start(found)}")
    yield from _wrapped(f"grade run --sandbox strict: {_strict_start(found)}")
    memory = most_memory()
    if memory < LEAST_MEMORY:
        wanted = f"allow {LEAST_MEMORY >> 20} MB or more, and run with --jobs 1"
        yield from _wrapped(f"Memory: {memory >> 20} MB are too few for torch and a submission; {wanted}")


def _wrapped(text: str, indent: int = 0) -> list[str]:
    first, later = " " * indent, " " * (indent + 4)
    return textwrap.wrap(text, _WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)


def setting(given: Collection[str]) -> str:
    """Say in words where this process runs, as far as that decides which layers there are."""
    if os.geteuid() != 0:
        return f"an ordinary user, {'with' if 'namespaces' in given else 'without'} namespaces"
    if "namespaces" in given:
        return "root on a machine of its own, or in a container that may do the same"
    return "root without namespaces, as in a container of the usual kind"


def _versions() -> str:
    from grader.sandbox import landlock

    packages = ", ".join(f"{name} {_version(name) or 'MISSING (pip install it)'}" for name in _PACKAGES)
    machine = f"Linux {platform.release()} on {platform.machine()}, Landlock ABI {landlock.abi() or '(none)'}"
    return f"grade {__version__}, Python {platform.python_version()}, {packages}\n{machine}"


def _version(package: str) -> str:
    try:
        return metadata.version(package).split("+")[0]
    except metadata.PackageNotFoundError:
        return ""


def _outcome(found: Examined) -> str:
    if found.attempts is None:
        return found.failure or "not tried, as nothing would be graded here"
    tried, took = found.attempts.tried, f"{1000 * found.attempts.seconds:.0f} ms"
    if found.attempts.holes:
        return f"{len(found.attempts.holes)} of {tried} ways out led out ({took}): {', '.join(found.attempts.holes)}"
    if found.attempts.known:
        known = f"{len(found.attempts.known)} did, as is known of these layers ({', '.join(found.attempts.known)})"
        return f"a real worker tried {tried} ways out, {took}; {known}"
    return f"a real worker tried {tried} ways out, and none led out ({took})"


def _start(found: Examined) -> str:
    if found.refused:
        return f"refuses; {found.refused}"
    if found.absent:
        return f"does not start without {' and '.join(found.absent)}; pip install them"
    if not found.starts:
        return "refuses, as the self-test says"
    return f"starts, with {', '.join(found.given)} and the watcher"


def _strict_start(found: Examined) -> str:
    from grader.sandbox import remedies

    if found.strict_refused:
        return f"refuses for want of {remedies.named(remedies.missing(found.given))}"
    return "starts" if found.starts else "refuses too"


def most_memory(groups: Path = _CGROUPS) -> int:
    """Return how many bytes of memory this process may have, by its control groups and by the machine."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    with suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines():
            _, controllers, path = line.split(":", 2)
            if not controllers or "memory" in controllers.split(","):
                found += _limits(groups / "memory" if controllers else groups, path)
    return min(found)


def _limits(top: Path, path: str) -> Iterator[int]:
    """Read the limit of a control group and of all above it; in a container the path is often the host's."""
    own = top / path.strip("/")
    for folder in (own, *own.parents):
        for name in ("memory.max", "memory.limit_in_bytes"):
            with suppress(OSError, ValueError):  # "max" is no number
                yield int((folder / name).read_text(encoding="ascii"))
