"""`grade check --watch`: checked again at each save, until Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import grade

pytestmark = pytest.mark.alone

WRONG = "def predict(X, w):\n    return X * w\n"
RIGHT = "def predict(X, w):\n    return X @ w\n\n\ndef mse_loss(pred, y):\n    return ((pred - y) ** 2).mean()\n"


class Watching:
    """A `grade check --watch` that runs, and what it has written so far."""

    def __init__(self, folder: Path) -> None:
        self.file, self._log = folder / "fit.py", folder / "log.txt"
        with self._log.open("w") as log:
            command = [sys.executable, "-m", "grader", "check", "fit.py", "--watch"]
            self.process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)  # noqa: S603

    def wait_for(self, words: str, times: int = 1) -> str:
        """Wait until something has been written often enough; returns all that was written."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            text = self._log.read_text()
            if text.count(words) >= times:
                return text
            time.sleep(0.1)
        raise AssertionError(f"{words!r} was not written {times} times: {self._log.read_text()}")

    def interrupt(self) -> int:
        """Press Ctrl-C, and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with an assignment and a first answer."""
    assert grade("new", "fit", cwd=tmp_path).code == 0
    grade("release", "fit", "-o", tmp_path / "work", cwd=tmp_path)
    (tmp_path / "work" / "fit.py").write_text(WRONG)
    return tmp_path / "work"


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    """Start to watch, and end it whatever happens."""
    one = Watching(folder)
    yield one
    if one.process.poll() is None:
        one.process.kill()
        one.process.wait()


def test_each_save_is_checked_and_ctrl_c_ends_with_0(watching: Watching) -> None:
    """The new file counts, also one that an editor has put in place of the old; a line separates the rounds."""
    first = watching.wait_for("to be saved")
    assert "0 of 2 public checks pass." in first

    watching.file.write_text(RIGHT)
    second = watching.wait_for("to be saved", 2)
    assert "2 of 2 public checks pass." in second
    assert second.count("=" * 30) == 4

    other = watching.file.with_suffix(".tmp")
    other.write_text("x = \n")
    other.replace(watching.file)
    third = watching.wait_for("to be saved", 3)
    assert "SyntaxError" in third

    assert watching.interrupt() == 0
    assert "Traceback" not in watching.wait_for("to be saved", 3)


def test_ctrl_c_in_the_middle_of_the_students_code_ends_with_0(watching: Watching) -> None:
    """An endless loop that catches exceptions does not keep the user."""
    watching.wait_for("to be saved")
    watching.file.write_text(
        "import time\nwhile True:\n    try:\n        time.sleep(9)\n    except Exception:\n        pass\n"
    )
    watching.wait_for("=" * 30, 4)
    time.sleep(0.5)

    assert watching.interrupt() == 0
