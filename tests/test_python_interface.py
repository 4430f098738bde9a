"""`grader.run`: results as they finish, from any process, and the same as those of the command."""

from __future__ import annotations

import dataclasses
import inspect
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest

import grader
from grader.errors import GradeError, SandboxError, UsageError
from grader.results import Result, Seconds
from grader.running import Options
from tests.command import MINI, results, run_mini

RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"
SLOW = "import time\ntime.sleep(1)\n" + RIGHT


def _without_seconds(result: Result) -> Result:
    checks = tuple(msgspec.structs.replace(check, seconds=0.0) for check in result.checks)
    return msgspec.structs.replace(result, checks=checks, seconds=Seconds())


def _running(words: str) -> list[str]:
    """List the processes whose command line holds these words."""
    listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True)  # noqa: S607 - ps
    return [line for line in listed.stdout.splitlines() if words in line]


def _engines() -> list[str]:
    """List the children of this process."""
    command = ["pgrep", "-P", str(os.getpid()), "-f", "grader.engine"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    return listed.stdout.split()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out a class: right, wrong, broken."""
    place = tmp_path / "class"
    place.mkdir()
    (place / "right.py").write_text(RIGHT)
    (place / "wrong.py").write_text("def double(x):\n    return 3 * x\n\ndef total(x):\n    return x.sum()\n")
    (place / "broken.py").write_text("x = 1 +\n")
    return place


def test_the_results_are_those_of_the_command(folder: Path, tmp_path: Path) -> None:
    """The iterator yields what `grade run` writes, and leaves the same files; the caller may have threads."""
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        with grader.run("mini", folder, output=tmp_path / "out", course=MINI, jobs=2) as run:
            found = {result.submission.id: result for result in run}
    finally:
        stop.set()
        other.join()
    done = run_mini(tmp_path / "command", [folder])

    assert done.code == 0, done.err
    assert len(run) == 3
    assert run.directory == tmp_path / "out"
    assert found == results(tmp_path / "out")
    assert {name: _without_seconds(result) for name, result in found.items()} == {
        name: _without_seconds(result) for name, result in results(tmp_path / "command").items()
    }
    assert (tmp_path / "out" / "index.html").exists()
    assert _engines() == []


def test_results_come_as_they_finish_and_what_is_finished_is_kept(tmp_path: Path) -> None:
    """The first is there before the last is begun; whoever leaves then keeps it, and leaves no process behind."""
    students = [tmp_path / f"s{number:02}.py" for number in range(12)]
    for student in students:
        student.write_text(SLOW)

    run = grader.run("mini", students, output=tmp_path / "out", course=MINI, jobs=2)
    first = next(run)
    at_first = results(tmp_path / "out")
    run.close()
    kept = results(tmp_path / "out")

    assert first.score == 10.0
    assert len(at_first) < 6
    assert first.submission.id in kept
    assert len(kept) < 12
    assert (tmp_path / "out" / "index.html").exists()
    assert list(run) == []
    assert _engines() == []
    assert _running(str(tmp_path)) == []
    again = {
        result.submission.id: result for result in grader.run("mini", students, output=tmp_path / "out", course=MINI)
    }
    assert len(again) == 12
    assert again[first.submission.id] == first


def test_without_an_output_nothing_remains(folder: Path) -> None:
    """The pages go to a temporary folder, which is there until the iterator is closed."""
    run = grader.run("mini", [str(folder / "right.py")], course=MINI)

    assert [result.score for result in run] == [10.0]
    assert not run.directory.exists()


def test_an_error_of_the_caller_ends_the_run(folder: Path, tmp_path: Path) -> None:
    """An exception in the `with` block ends the process that grades."""
    with pytest.raises(ZeroDivisionError), grader.run("mini", folder, output=tmp_path / "out", course=MINI):
        1 / 0  # noqa: B018 - it raises

    assert _engines() == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"assignment": "nothing"}, "no assignment 'nothing'"),
        ({"submissions": "nowhere.py"}, "nowhere.py does not exist"),
        ({"jobs": 0}, "jobs is 0"),
        ({"seed": -1}, "seed is -1"),
        ({"sandbox": "none"}, "sandbox is 'none'"),
        ({"executor": "cloud"}, "no executor 'cloud'"),
        ({"only": "nobody"}, "no submission is called 'nobody'"),
    ],
)
def test_a_wrong_argument_raises_at_the_call(folder: Path, arguments: dict[str, object], words: str) -> None:
    """What the command says in one line is the text of a UsageError."""
    asked: dict[str, object] = {"assignment": "mini", "submissions": folder, "course": MINI} | arguments

    with pytest.raises(UsageError, match=words):
        grader.run(**asked)  # type: ignore[arg-type]  # of many kinds

    assert _engines() == []


def test_what_shows_later_is_raised_by_the_iterator(tmp_path: Path) -> None:
    """Checks that cannot be collected are found when the first submission is graded."""
    for part in ("assignments", "solutions"):
        (tmp_path / part / "mini").mkdir(parents=True)
        for path in (MINI / part / "mini").iterdir():
            if path.is_file():
                (tmp_path / part / "mini" / path.name).write_bytes(path.read_bytes())
    (tmp_path / "solutions" / "mini" / "checks.py").write_text("import nothing_of_this_name\n")
    (tmp_path / "mini.py").write_text(RIGHT)

    run = grader.run("mini", tmp_path / "mini.py", course=tmp_path)

    with pytest.raises(UsageError, match="could not be collected"):
        list(run)


def test_a_killed_engine_is_our_fault(folder: Path, tmp_path: Path) -> None:
    """Where the process that grades is killed, the iterator says so."""
    run = grader.run("mini", folder, output=tmp_path / "out", course=MINI)
    os.kill(int(_engines()[0]), 9)

    with pytest.raises(SandboxError, match="has ended"):
        list(run)


def test_the_engine_ends_with_its_caller(tmp_path: Path) -> None:
    """When the caller is killed, the run ends as by Ctrl-C: its pages are written, no process is left."""
    for number in range(12):
        (tmp_path / f"s{number:02}.py").write_text(SLOW)
    code = (
        "import grader, os, sys\n"
        f"run = grader.run('mini', {[str(path) for path in sorted(tmp_path.glob('*.py'))]!r}, "
        f"output={str(tmp_path / 'out')!r}, course={str(MINI)!r})\n"
        "next(run)\nos.kill(os.getpid(), 9)\n"
    )

    subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603 - ours
    end = time.monotonic() + 30
    while not (tmp_path / "out" / "index.html").exists() and time.monotonic() < end:
        time.sleep(0.1)

    assert (tmp_path / "out" / "index.html").exists()
    assert 1 <= len(results(tmp_path / "out")) < 12


def test_importing_is_cheap() -> None:
    """`import grader` imports nothing of ours and nothing heavy; the name is the function, whatever is imported."""
    code = (
        "import sys, grader; print(sorted(m for m in sys.modules if m.split('.')[0] in ('grader', 'torch', 'msgspec')))"
    )
    code += "\nimport grader.cli, grader.interface; print(callable(grader.run))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours

    assert done.stdout.splitlines() == ["['grader']", "True"]
    assert issubclass(UsageError, GradeError)


def test_the_docstring_tells_of_every_argument() -> None:
    """Its arguments are the options of the command but for `--check`, which gives no results, and each is told."""
    told = grader.run.__doc__ or ""
    names = set(inspect.signature(grader.run).parameters)

    assert names - {"output"} == {field.name for field in dataclasses.fields(Options)} - {"directory", "check"}
    assert [name for name in names if f"        {name}: " not in told] == []


def test_the_example_of_the_manual_runs(folder: Path, tmp_path: Path) -> None:
    """What docs/instructors.md shows prints a line for each student."""
    text = (Path(__file__).parent.parent / "docs" / "instructors.md").read_text()
    code = text.split("## From Python")[1].split("```python\n")[1].split("```")[0]
    shutil.copytree(MINI, tmp_path / "course")
    folder.rename(tmp_path / "course" / "CLASS")

    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", code.replace("sinenet", "mini")],
        cwd=tmp_path / "course", capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert sorted(done.stdout.splitlines()) == ["broken 0.0 of 10.0", "right 10.0 of 10.0", "wrong 0.0 of 10.0"]
