"""How one submission is prepared for: what only a mode hides is closed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.platforms import one
from grader.sandbox import lockdown


@pytest.mark.parametrize(
    ("layers", "user", "mode"),
    [
        (("setuid", "seccomp"), 0, 0o700),
        (("setuid", "landlock", "seccomp"), 0, 0o755),
        (("namespaces", "seccomp"), 0, 0o755),
        (("seccomp",), 1000, 0o755),
    ],
    ids=["neither", "landlock", "namespaces", "no root"],
)
def test_the_hidden_part_is_closed_where_nothing_else_hides_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layers: tuple[str, ...], user: int, mode: int
) -> None:
    """Root alone keeps it where there is neither Landlock nor a namespace; else a checkout's modes are left alone."""
    monkeypatch.setattr(lockdown, "available", lambda: layers)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    tmp_path.chmod(0o755)

    one._close(tmp_path, "auto")

    assert tmp_path.stat().st_mode & 0o777 == mode
