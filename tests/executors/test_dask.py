"""A class on a cluster: the results of one machine, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from grader.errors import UsageError
from grader.executors import executor_for
from grader.results import Result, Seconds
from tests.command import MINI, Ran, grade, results, run_mini
from tests.executors.cluster import Cluster, cluster, free_port
from tests.intake.makers import zipped

RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"
SLOW = "import time\ntime.sleep(1)\n" + RIGHT

pytestmark = [pytest.mark.slow, pytest.mark.beside]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Run a cluster with two workers."""
    with cluster(tmp_path_factory.mktemp("dask") / "logs", workers=2) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lay out a class of every kind, an archive among them."""
    place = tmp_path / "class"
    place.mkdir()
    for number in range(6):
        (place / f"right{number}.py").write_text(f"number = {number}\n{RIGHT}")
    (place / "wrong.py").write_text("def double(x):\n    return 3 * x\n\ndef total(x):\n    return x.sum()\n")
    (place / "broken.py").write_text("import torch\nx = 1 +\n")
    (place / "leaves.py").write_text("import os\nos._exit(0)\n")
    (place / "packed.zip").write_bytes(zipped({"mini.py": RIGHT.encode(), "data/more.txt": b"more"}))
    (place / "large.py").write_text(RIGHT + f"#{'x' * 15_000_000}\n")
    (place / "empty").mkdir()
    return place


def _same(directory: Path) -> dict[str, Result]:
    """Read the results without what differs from run to run."""
    return {
        name: msgspec.structs.replace(
            result,
            checks=tuple(msgspec.structs.replace(check, seconds=0.0) for check in result.checks),
            seconds=Seconds(),
        )
        for name, result in results(directory).items()
    }


def _run(where: Cluster, directory: Path, folder: Path, *more: str, course: Path = MINI) -> Ran:
    return run_mini(directory, [folder], "--executor", f"dask:{where.address}", *more, course=course)


def _start(where: Cluster, directory: Path, folder: Path) -> subprocess.Popen[str]:
    """Start a run, and wait for its first two results: of these, one is on record at the least."""
    command = [sys.executable, "-m", "grader", "run", "mini", str(folder), "-o", str(directory), "--course", str(MINI)]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--executor", f"dask:{where.address}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + 120
    while len(results(directory)) < 2 and process.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    return process


def test_the_results_are_those_of_one_machine(two: Cluster, folder: Path, tmp_path: Path) -> None:
    """A cluster gives what `--executor local` gives but for `seconds`, says nothing more, and records it."""
    done = _run(two, tmp_path / "dask", folder)
    alone = run_mini(tmp_path / "local", [folder])
    again = _run(two, tmp_path / "dask", folder)

    assert (done.code, alone.code, again.code) == (0, 0, 0), done.err
    assert len(_same(tmp_path / "dask")) == 12
    assert _same(tmp_path / "dask") == _same(tmp_path / "local")
    assert [line for line in done.err.splitlines() if not line.startswith("graded ")] == alone.err.splitlines()[:-1]
    assert len(two.nodes()) == 2


def test_a_killed_worker_costs_a_retry_and_nothing_else(tmp_path: Path) -> None:
    """One of two workers is killed half-way, and one joins later: the results are those of an undisturbed run."""
    place = tmp_path / "class"
    place.mkdir()
    for number in range(10):
        (place / f"s{number}.py").write_text(f"number = {number}\n{SLOW}")
    with cluster(tmp_path / "logs", workers=2) as made:
        process = _start(made, tmp_path / "dask", place)
        nodes = made.nodes()
        made.kill_worker(0)
        third = made.add_worker()
        _, said = process.communicate(timeout=200)
        left = made.nodes()
        assert made.workers[third].poll() is None

    assert process.returncode == 0, said
    assert run_mini(tmp_path / "local", [place]).code == 0
    assert _same(tmp_path / "dask") == _same(tmp_path / "local")
    assert len(nodes) == 2
    assert len(left) == 2
    assert len(set(nodes) & set(left)) == 1


def test_a_submission_that_costs_two_nodes_is_not_graded(two: Cluster, tmp_path: Path) -> None:
    """Whoever takes its grading process down twice gets no score, and the others theirs."""
    course, place = tmp_path / "course", tmp_path / "class"
    for part in ("assignments", "solutions"):
        (course / part / "mini").mkdir(parents=True)
        for path in (MINI / part / "mini").glob("*.*"):
            (course / part / "mini" / path.name).write_bytes(path.read_bytes())
    (course / "solutions" / "mini" / "checks.py").write_text(
        "import os\nfrom grader.checks import points\n\n@points(15)\ndef check_double(submission):\n"
        "    '''Takes the node down.'''\n    if submission.defines('fatal'):\n        os.kill(os.getppid(), 9)\n"
    )
    place.mkdir()
    for number in range(4):
        (place / f"s{number}.py").write_text(RIGHT + ("fatal = 1\n" if number == 1 else ""))

    done = _run(two, tmp_path / "out", place, course=course)

    found = results(tmp_path / "out")
    assert {name: result.score for name, result in found.items()} == {"s0": 15.0, "s1": None, "s2": 15.0, "s3": 15.0}
    assert (found["s1"].status, found["s1"].checks[0].outcome) == ("not_graded", "internal_error")
    assert found["s1"].message == "Not graded: it was tried 2 times: the grading process ended"
    assert done.code == 3


def test_a_worker_with_another_version_is_refused_by_name(folder: Path, tmp_path: Path) -> None:
    """It gets no work, one sentence names it; where nobody else is there, the run ends with that."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "sitecustomize.py").write_text("import grader\ngrader.__version__ = '9.9.9'\n")
    with cluster(tmp_path / "logs", workers=0) as made:
        port = free_port()
        made.add_worker(path=other, port=port)
        alone = _run(made, tmp_path / "alone", folder)
        made.add_worker()
        both = _run(made, tmp_path / "both", folder)

    sentence = f"tcp://127.0.0.1:{port} gets no work: it has grader 9.9.9 where this run has 0.1.0"
    assert alone.code == 3
    assert f"grade: no worker of the cluster can grade this; {sentence}\n" in alone.err
    assert results(tmp_path / "alone") == {}
    assert both.code == 0
    assert both.err.count(sentence) == 1
    assert {result.environment.grader for result in results(tmp_path / "both").values()} == {"0.1.0"}


def test_a_lost_scheduler_ends_the_run_and_the_next_goes_on(tmp_path: Path) -> None:
    """What was finished is kept, exit code 3 with one sentence; the next run takes it over."""
    place = tmp_path / "class"
    place.mkdir()
    for number in range(12):
        (place / f"s{number:02}.py").write_text(f"number = {number}\n{SLOW}")
    with cluster(tmp_path / "logs", workers=2) as made:
        process = _start(made, tmp_path / "out", place)
        assert made.scheduler is not None
        made.scheduler.kill()
        _, said = process.communicate(timeout=60)
    kept = results(tmp_path / "out")
    after = run_mini(tmp_path / "out", [place])

    assert process.returncode == 3, said
    assert f"grade: the Dask scheduler at {made.address} was lost; what was finished is kept" in said
    assert "Traceback" not in said
    assert 1 <= len(kept) < 12
    assert (tmp_path / "out" / "index.html").exists()
    assert after.code == 0
    assert {name: result for name, result in results(tmp_path / "out").items() if name in kept} == kept


def test_an_interrupt_ends_a_run_on_a_cluster(two: Cluster, tmp_path: Path) -> None:
    """Ctrl-C ends it with exit code 130; what was finished is kept, and the workers stay for the next run."""
    place = tmp_path / "class"
    place.mkdir()
    for number in range(12):
        (place / f"s{number:02}.py").write_text(f"number = {number}\n{SLOW}")
    process = _start(two, tmp_path / "out", place)
    os.kill(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)

    assert process.returncode == 130, said
    assert said.splitlines()[-1] == "grade: interrupted; what was finished is kept."
    assert "Traceback" not in said
    assert 1 <= len(results(tmp_path / "out")) < 12
    assert (tmp_path / "out" / "index.html").exists()
    assert len(two.nodes()) == 2


def test_an_unreachable_scheduler_is_said_at_once(folder: Path, tmp_path: Path) -> None:
    """Nobody listens there: one sentence, exit code 2."""
    address = f"tcp://127.0.0.1:{free_port()}"

    done = run_mini(tmp_path / "out", [folder], "--executor", f"dask:{address}")

    assert done.code == 2
    assert done.err.startswith(f"grade: there is no Dask scheduler at {address}: ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("address", ["", "10.0.0.5", "tcp://10.0.0.5", "http://10.0.0.5:80", "tcp://a b:1"])
def test_an_address_that_is_none_is_refused(address: str, folder: Path, tmp_path: Path) -> None:
    """The sentence says what an address looks like."""
    with (
        pytest.raises(UsageError, match="give dask:tcp://HOST:PORT"),
        executor_for(
            f"dask:{address}", jobs=1, sandbox="auto", notebooks=False, archives=False, hidden=[folder, tmp_path]
        ),
    ):
        pass


def test_without_distributed_the_sentence_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever has not installed the extra is told how."""
    monkeypatch.setitem(sys.modules, "distributed", None)

    with (
        pytest.raises(UsageError, match=r"pip install 'grade\[dask\]'"),
        executor_for(
            "dask:tcp://127.0.0.1:1", jobs=1, sandbox="auto", notebooks=False, archives=False, hidden=[tmp_path]
        ),
    ):
        pass


def test_help_names_the_executor() -> None:
    """`grade run --help` tells of it."""
    assert "dask:tcp://HOST:PORT" in grade("run", "--help").out
