"""How pytest is started on a file of checks: it takes nothing from the current folder, the submission or the user."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_OFF = (
    "cacheprovider", "faulthandler", "logging", "doctest", "junitxml", "pastebin", "stepwise",
    "unraisableexception", "threadexception", "warnings", "setuponly", "setupplan", "skipping", "subtests",
)  # fmt: skip


def pytest_arguments(checks: Path) -> list[str]:
    """Return arguments under which nothing but the checks decides."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        os.environ.pop(name, None)
    return [
        *(argument for name in _OFF for argument in ("-p", f"no:{name}")),
        "-p", "grader.plugin", "-c", os.devnull, f"--rootdir={checks.parent}", "--noconftest",
        "--import-mode=importlib", "--capture=no", "-q", "--tb=short", str(checks),
    ]  # fmt: skip


def silence(config: pytest.Config) -> None:
    """Take out, once the checks are collected, what only serves a person at a terminal: it is asked at each check."""
    for name in ("terminalreporter", "capturemanager"):
        config.pluginmanager.unregister(name=name)
