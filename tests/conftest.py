"""Keep this process to one thread, before anything imports torch: tests fork nurseries from it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.nursery import one_thread

one_thread()

collect_ignore = ["submissions"]
"""Never looked into by our own pytest: among them is a conftest.py of an attacker's."""


@pytest.fixture(scope="module")
def temporary() -> Iterator[Path]:
    """Make a directory for what a run makes meanwhile (TMPDIR); workers reach it, unlike those of pytest."""
    made = Path(tempfile.mkdtemp(prefix="pytest-grade-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)
