"""`--sandbox off`: whoever asks for it is warned each time, and whatever comes of it is marked."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.report.pages import render_feedback, render_index, render_report
from grader.report.row import row_of
from grader.results import Evidence, Result
from grader.sandbox.host import SANDBOX_OFF
from tests.command import MINI, Ran, grade, results, run_mini

RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"
WARNING = f"grade: {SANDBOX_OFF}\n"
CHECKS = MINI / "solutions" / "mini" / "checks.py"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Path]:
    """Grade one submission with the sandbox off."""
    folder = tmp_path_factory.mktemp("off")
    (folder / "right.py").write_text(RIGHT)
    return run_mini(folder / "out", [folder / "right.py"], "--sandbox", "off", "--json"), folder / "out"


@pytest.fixture(scope="module")
def result(ran: tuple[Ran, Path]) -> Result:
    """Give its result."""
    return results(ran[1])["right"]


def test_a_run_warns(ran: tuple[Ran, Path]) -> None:
    """The warning goes to standard error, once; standard output is for results."""
    assert ran[0].code == 0
    assert ran[0].err.count(WARNING) == 1
    assert json.loads(ran[0].out)["schema"] == 1


def test_the_result_is_honest(result: Result) -> None:
    """`result.json` lists what was in force: the watcher, no more."""
    assert (result.score, result.sandbox) == (10.0, ("watcher",))


def test_every_page_is_marked(ran: tuple[Ran, Path]) -> None:
    """Staff read it first on the report and on the class page; the student's page says it below."""
    folder = ran[1] / "submissions" / "right"

    assert "Graded with the sandbox off: nothing kept this code" in (folder / "report.html").read_text()
    assert "All graded with the sandbox off: nothing kept" in (ran[1] / "index.html").read_text()
    assert "Graded with the sandbox off." in (folder / "feedback.html").read_text()


def test_pages_of_a_run_with_layers_are_not_marked(result: Result) -> None:
    """Where layers were in force no page speaks of the sandbox; in a class that is mixed they are counted."""
    walled = msgspec.structs.replace(result, sandbox=("rlimits", "no_new_privs", "landlock", "seccomp", "watcher"))
    rows = [row_of(walled), row_of(walled)]

    pages = [render_report(walled, Evidence()), render_feedback(walled), render_index(rows, assignment_title="Mini")]

    assert not [page for page in pages if "sandbox off" in page.lower()]
    assert "1 of 3 graded with the sandbox off" in render_index([*rows, row_of(result)], assignment_title="Mini")


def _audit(_: Path) -> str:
    return grade("audit", "mini", "--course", MINI, "--sandbox", "off").err


def _pytest(folder: Path) -> str:
    (folder / "right.py").write_text(RIGHT)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(CHECKS)]
    command += ["--submission", str(folder / "right.py"), "--grade-sandbox", "off"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603 - our own command
    assert "6 passed" in done.stdout, done.stdout + done.stderr
    return done.stderr


@pytest.mark.parametrize("ask", [_audit, _pytest])
def test_the_other_ways_to_turn_it_off_warn_too(tmp_path: Path, ask: Callable[[Path], str]) -> None:
    """`grade audit` and plain pytest say the same."""
    assert ask(tmp_path).count(WARNING) == 1
