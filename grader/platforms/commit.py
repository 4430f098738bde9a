"""When the commit of a checkout was made, and what GitHub says of the push that brought it."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

_SECONDS = 20


class _Repository(msgspec.Struct):
    pushed_at: int | str = ""


class _Pusher(msgspec.Struct):
    name: str = ""


class _Event(msgspec.Struct):
    repository: _Repository = msgspec.field(default_factory=_Repository)
    pusher: _Pusher = msgspec.field(default_factory=_Pusher)


def utc(moment: datetime.datetime) -> str:
    """Write a moment as Classroom 50 does."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def pushed_at(environment: Mapping[str, str], by: str = "") -> str:
    """Read when the commit was pushed, which its author cannot choose; empty where the event is no push, `by` whom."""
    if environment.get("GITHUB_EVENT_NAME") != "push":
        return ""
    with suppress(OSError, msgspec.MsgspecError, OverflowError, ValueError):
        event = msgspec.json.decode(Path(environment.get("GITHUB_EVENT_PATH", "")).read_bytes(), type=_Event)
        if by and event.pusher.name.casefold() != by.casefold():
            return ""
        if isinstance(pushed := event.repository.pushed_at, int):
            return utc(datetime.datetime.fromtimestamp(pushed, datetime.UTC))
    return ""


def committed_at(folder: Path, commit: str) -> str:
    """Ask git when a commit was made; empty where that cannot be told."""
    # The owner of a checkout is another user in a container; and nothing of its own settings is to be run.
    git = ("git", "-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false")
    asked = (*git, "-C", str(folder), "log", "-1", "--format=%cI", commit or "HEAD", "--")
    with suppress(OSError, subprocess.SubprocessError, ValueError):
        done = subprocess.run(asked, capture_output=True, text=True, timeout=_SECONDS, check=True)  # noqa: S603 - git
        return utc(datetime.datetime.fromisoformat(done.stdout.strip()))
    return ""
