"""`grade run`, as the contract in spec/cli.md says, on a small assignment."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from grader.results import Result
from tests.command import MINI, Ran, grade, on_record, results, run_mini

RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"
ENDLESS = "def double(x):\n    return 2 * x\n\ndef total(x):\n    while True:\n        pass\n"


def _notebook(*cells: str) -> str:
    blank: dict[str, object] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    code = [blank | {"source": source} for source in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": code})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a class: right, wrong, endless, crashing, unreadable, a notebook, an empty folder."""
    root = tmp_path_factory.mktemp("class")
    (root / "right.py").write_text(RIGHT)
    (root / "endless.py").write_text(ENDLESS)
    (root / "wrong.py").write_text("def double(x):\n    return 3 * x\n\ndef total(x):\n    return x.sum()\n")
    (root / "broken.py").write_text("import torch\nx = 1 +\n")
    (root / "missing.py").write_text("import pandas\n")
    (root / "leaves.py").write_text("import os\nos._exit(0)\n")
    (root / "loops.py").write_text("while True:\n    pass\n")
    (root / "hungry.py").write_text("x = bytearray(1 << 34)\n")
    (root / "tensor.py").write_text("import torch\n\nx = torch.zeros(1 << 33)\n")
    (root / "parser.py").write_text(f"x = {'-' * 100_000}1\n")
    (root / "book.ipynb").write_text(
        _notebook("%matplotlib inline\n!pip install x", "def double(x):\n    return 2*x", "1/0", RIGHT)
    )
    (root / "CAPITALS.PY").write_text(RIGHT)
    (root / "CAPITAL_BOOK.IPYNB").write_text(_notebook(RIGHT))
    (root / "other.py").write_text("def triple(x):\n    return 3 * x\n")
    (root / "empty").mkdir()
    (root / "raises.py").write_text("def double(x):\n    return undefined_name\n\ndef total(x):\n    return 0.0\n")
    return root


@pytest.fixture(scope="module")
def ran(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Path]:
    """Grade the class once."""
    directory = tmp_path_factory.mktemp("out")
    return run_mini(directory, [folder], "--jobs", "2"), directory


@pytest.fixture(scope="module")
def graded(ran: tuple[Ran, Path]) -> dict[str, Result]:
    """Give the results of the class."""
    assert ran[0].code == 0, ran[0].err
    return results(ran[1])


@pytest.mark.parametrize(
    ("student", "status", "score"),
    [
        ("right", "graded", 10.0),
        ("book", "graded", 10.0),
        ("CAPITALS", "graded", 10.0),
        ("CAPITAL_BOOK", "graded", 10.0),
        ("endless", "graded", 3.0),
        ("wrong", "graded", 0.0),
        ("raises", "graded", 0.0),
        ("broken", "import_error", 0.0),
        ("missing", "import_error", 0.0),
        ("other", "graded", 0.0),
        ("hungry", "out_of_memory", 0.0),
        ("tensor", "out_of_memory", 0.0),
        ("parser", "import_error", 0.0),
        ("leaves", "crashed", 0.0),
        ("loops", "timed_out", 0.0),
        ("empty", "rejected", 0.0),
    ],
)
def test_every_submission_ends_as_the_contract_says(
    graded: dict[str, Result], student: str, status: str, score: float
) -> None:
    """Whatever a submission does, it gets a status, a score and every check listed."""
    result = graded[student]

    assert (result.status, result.score, result.max_score) == (status, score, 10.0)
    assert len(result.checks) == 6


@pytest.mark.parametrize(
    ("student", "words"),
    [
        ("broken", "broken.py, line 2"),
        ("missing", "No module named 'pandas'"),
        ("other", "The file defines none of the names that mini asks for, such as `double`: is it the right file?"),
        ("empty", "No .py or .ipynb file was handed in"),
        ("leaves", "exit code 0"),
        ("hungry", "MemoryError (hungry.py, line 1: x = bytearray(1 << 34))"),
        ("tensor", "tensor.py, line 3"),
        ("book", "cell 3"),
    ],
)
def test_the_message_says_what_happened(graded: dict[str, Result], student: str, words: str) -> None:
    """The message of a result names the line, the module or the reason."""
    assert words in graded[student].message


def test_an_exception_is_shown_with_the_students_own_line(graded: dict[str, Result]) -> None:
    """A check whose call raised says which line of the student's did it."""
    check = graded["raises"].checks[0]

    assert check.outcome == "raised"
    assert check.message == (
        "NameError: name 'undefined_name' is not defined (raises.py, line 2: return undefined_name)"
    )


def test_an_endless_function_costs_its_own_checks_alone(graded: dict[str, Result]) -> None:
    """A function that never ends loses the checks that call it, and no other."""
    outcomes = {check.id: check.outcome for check in graded["endless"].checks}

    assert outcomes == {
        "check_double_values": "passed",
        "check_double_shape": "passed",
        "check_sum_of_three": "timed_out",
        "check_sum_of_four": "timed_out",
        "check_total_fresh": "timed_out",
        "check_reflection": "manual",
    }


def test_a_check_that_waits_for_another_is_skipped(graded: dict[str, Result]) -> None:
    """A check that needs one which failed is skipped, and says which one it waits for."""
    check = graded["wrong"].checks[1]

    assert (check.outcome, check.points) == ("skipped", 0.0)
    assert "double(x) is 2 x." in check.message


def test_a_manual_check_waits_for_a_person(graded: dict[str, Result]) -> None:
    """A manual check has no points yet, and counts neither in the score nor in its maximum."""
    check = graded["right"].checks[-1]

    assert (check.outcome, check.points, check.max_points) == ("manual", None, 5.0)


def test_the_run_leaves_the_files_of_the_contract(ran: tuple[Ran, Path], graded: dict[str, Result]) -> None:
    """DIR holds the class page, the marks, the gradebook, and four files for each submission."""
    directory = ran[1]

    assert {path.name for path in directory.iterdir()} == {
        "index.html",
        "grades.csv",
        "gradebook.sqlite",
        "submissions",
    }
    for name in graded:
        files = {path.name for path in (directory / "submissions" / name).iterdir()}
        assert files == {"result.json", "evidence.json", "report.html", "feedback.html"}


def test_the_marks_are_one_row_a_submission(ran: tuple[Ran, Path], graded: dict[str, Result]) -> None:
    """grades.csv holds the scores of the results."""
    with (ran[1] / "grades.csv").open(newline="") as file:
        rows = {row["id"]: float(row["score"]) for row in csv.DictReader(file)}

    assert rows == {name: result.score for name, result in graded.items()}


def test_progress_goes_to_standard_error(ran: tuple[Ran, Path]) -> None:
    """Standard output is for results; how far the run has come is told on standard error."""
    assert "graded 16 of 16" in ran[0].err
    assert "graded" not in ran[0].out
    assert "index.html" in ran[0].out


def test_nothing_is_left_behind(ran: tuple[Ran, Path]) -> None:
    """After a run no process of ours and no scratch directory remains."""
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)  # noqa: S607 - ps

    assert str(ran[1]) not in listed.stdout
    assert ran[0].code == 0


def test_the_same_run_twice_gives_the_same_results(ran: tuple[Ran, Path], folder: Path, tmp_path: Path) -> None:
    """But for `seconds`, result.json is the same to the byte, however many jobs there are."""
    run_mini(tmp_path, [folder], "--jobs", "1")

    def bare(directory: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        for path in (directory / "submissions").glob("*/result.json"):
            result = json.loads(path.read_bytes())
            result.pop("seconds")
            for check in result["checks"]:
                check.pop("seconds")
            found[path.parent.name] = result
        return found

    assert bare(ran[1]) == bare(tmp_path)


def test_a_stub_at_the_top_of_a_class_is_left_aside(tmp_path: Path) -> None:
    """The file as it was handed out, beside the students' folders, is told on standard error and graded for nobody."""
    for name in ("amy", "bob"):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "mini.py").write_text(RIGHT)
    shutil.copy(MINI / "assignments" / "mini" / "mini.py", tmp_path / "class")

    done = run_mini(tmp_path / "out", [tmp_path / "class"])

    assert {name: result.score for name, result in results(tmp_path / "out").items()} == {"amy": 10.0, "bob": 10.0}
    assert "grade: mini.py in " in done.err
    assert "it is the unchanged stub" in done.err


def test_json_is_one_object_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    """With --json standard output is one JSON object with every result."""
    done = run_mini(tmp_path, [folder / "right.py"], "--json")

    found = json.loads(done.out)
    assert msgspec.convert(found["results"][0], Result, strict=False).score == 10.0


def test_only_grades_the_one_that_is_named(folder: Path, tmp_path: Path) -> None:
    """--only takes one submission of a class."""
    assert run_mini(tmp_path, [folder], "--only", "right").code == 0
    assert set(results(tmp_path)) == {"right"}


def test_a_part_of_a_class_is_merged_into_the_whole(tmp_path: Path) -> None:
    """After --only the class page and the marks still hold everybody, each with the newest result."""
    (tmp_path / "class").mkdir()
    for name in ("amy", "bob", "cem"):
        (tmp_path / "class" / f"{name}.py").write_text(RIGHT)
    run_mini(tmp_path / "out", [tmp_path / "class"])
    (tmp_path / "class" / "bob.py").write_text("x = 1\n")

    done = run_mini(tmp_path / "out", [tmp_path / "class"], "--only", "bob", "--json")

    assert [result["submission"]["id"] for result in json.loads(done.out)["results"]] == ["bob"]
    with (tmp_path / "out" / "grades.csv").open(newline="") as file:
        scores = {row["id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {"amy": 10.0, "bob": 0.0, "cem": 10.0}
    page = (tmp_path / "out" / "index.html").read_text()
    assert all(name in page for name in ("amy", "bob", "cem"))


@pytest.mark.parametrize("inside", ["", "out", "amy/deep/out"])
def test_results_do_not_go_among_the_submissions(inside: str, tmp_path: Path) -> None:
    """A DIR that is the class or lies in it is refused before anything is written: results would be submissions."""
    (tmp_path / "class" / "amy").mkdir(parents=True)
    (tmp_path / "class" / "amy" / "mini.py").write_text(RIGHT)

    done = run_mini(tmp_path / "class" / inside, [tmp_path / "class"])

    assert done.code == 2
    assert "they would be submissions" in done.err
    assert [path.name for path in (tmp_path / "class").rglob("*")] == ["amy", "mini.py"]


def test_sets_have_the_same_order_in_every_run(tmp_path: Path) -> None:
    """What hangs on the hash of a text is the same run to run, whatever the environment says, and hangs on the seed."""
    source = "def double(x):\n    raise ValueError(str(list({f'{n}' for n in range(20)})))\n"
    (tmp_path / "amy.py").write_text(source)

    def order(number: int, seed: str, environment: dict[str, str]) -> str:
        place = tmp_path / str(number)
        file = tmp_path / "amy.py"
        assert grade("run", "mini", file, "-o", place, "--course", MINI, "--seed", seed, env=environment).code == 0
        return results(place)["amy"].checks[0].message

    first = order(1, "0", {"PYTHONHASHSEED": "1"})

    assert "ValueError" in first
    assert order(2, "0", {"PYTHONHASHSEED": "random"}) == first
    assert order(3, "5", {}) != first


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "nothing", MINI, "-o", "out", "--course", MINI], "nothing"),
        (["run", "mini", "no-such-file.py", "-o", "out", "--course", MINI], "no-such-file.py does not exist"),
        (["run", "mini", MINI / "solutions", "-o", "/proc/no", "--course", MINI], "/proc/no"),
        (["run", "mini", __file__, "-o", "out", "--course", MINI, "--only", "nobody"], "nobody"),
        (["run", "mini", __file__, "-o", "out", "--course", MINI, "--jobs", "0"], "--jobs"),
        (["run", "mini", "-o", "out"], "SUBMISSION"),
    ],
)
def test_a_wrong_argument_gets_one_line(arguments: list[str | Path], words: str, tmp_path: Path) -> None:
    """Wrong usage ends with exit code 2 and a sentence, not with a traceback."""
    done = grade(*arguments, cwd=tmp_path)

    assert done.code == 2
    assert words in done.err
    assert "Traceback" not in done.err


def _course(tmp_path: Path, checks: str) -> Path:
    course = tmp_path / "course"
    shutil.copytree(MINI, course)
    (course / "solutions" / "mini" / "checks.py").write_text(checks)
    return course


NEEDS = """
from grader.checks import manual, needs, points

def no_check():
    pass

@points(3)
@manual
def check_by_hand():
    "A person looks."

@points(12)
@needs({needed})
def check_total(submission):
    "Waits."
"""

WORTH = """
from grader.checks import points

@points({first})
def check_double(submission):
    "One."

@points(15 - {first})
def check_total(submission):
    "The rest."
"""


@pytest.mark.parametrize(
    ("checks", "words"),
    [
        ("import nonsense_module\n", "nonsense_module"),
        ("def check_nothing():\n    '''Nothing.'''\n", "worth 0 points"),
        ("x = 1\n", "0 checks"),
        (NEEDS.format(needed="check_by_hand"), "check_total needs check_by_hand, which is not an automatic check"),
        (NEEDS.format(needed="no_check"), "check_total needs no_check"),
        (WORTH.format(first="-2"), "check_double is worth -2 points"),
        (WORTH.format(first="float('nan')"), "check_double is worth nan points"),
    ],
)
def test_checks_that_cannot_be_used_stop_the_run(checks: str, words: str, folder: Path, tmp_path: Path) -> None:
    """No check, a sum of points that differs, a file that does not import, a need that nobody can meet, odd points."""
    done = run_mini(tmp_path / "out", [folder / "right.py"], course=_course(tmp_path, checks))

    assert done.code == 2
    assert words in done.err
    assert results(tmp_path / "out") == {}


@pytest.mark.parametrize(
    "body", ["raise ValueError('ours')", "import pytest; pytest.skip('no')", "import pytest; pytest.exit('no')"]
)
def test_our_own_fault_is_never_a_score(body: str, folder: Path, tmp_path: Path) -> None:
    """A check that breaks gives no points and no score, and the command says so by exit code 3."""
    checks = f"from grader.checks import points\n\n@points(15)\ndef check_double():\n    '''Broken.'''\n    {body}\n"

    done = run_mini(tmp_path / "out", [folder / "right.py"], course=_course(tmp_path, checks))

    assert done.code == 3
    for result in results(tmp_path / "out").values():
        assert (result.status, result.score, result.checks[0].points) == ("not_graded", None, None)
        assert result.checks[0].outcome == "internal_error"


def test_a_killed_job_is_replaced(tmp_path: Path) -> None:
    """A grading process that dies costs its submission a second try; one that kills every job is not graded."""
    checks = (
        "import os\nfrom grader.checks import points\n\n@points(15)\ndef check_double(submission):\n"
        "    '''Dies on one student.'''\n    if submission.defines('fatal'):\n        os.kill(os.getpid(), 9)\n"
    )
    students = tmp_path / "class"
    students.mkdir()
    for number in range(4):
        (students / f"s{number}.py").write_text(RIGHT + ("fatal = 1\n" if number == 1 else ""))

    done = run_mini(tmp_path / "out", [students], course=_course(tmp_path, checks))

    scores = {name: result.score for name, result in results(tmp_path / "out").items()}
    assert scores == {"s0": 15.0, "s1": None, "s2": 15.0, "s3": 15.0}
    assert done.code == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_keeps_what_is_finished(number: signal.Signals, tmp_path: Path, temporary: Path) -> None:
    """Ctrl-C and SIGTERM end the run with exit code 130, leave no process, and whole results or none."""
    students = tmp_path / "class"
    students.mkdir()
    (students / "a.py").write_text(RIGHT)
    for index in range(20):
        (students / f"slow{index:02}.py").write_text(ENDLESS)
    command = [sys.executable, "-m", "grader", "run", "mini", str(students), "-o", str(tmp_path / "out")]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--course", str(MINI), "--jobs", "1"],
        env=os.environ | {"TMPDIR": str(temporary)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while "a" not in on_record(tmp_path / "out") and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, number)
    _, said = process.communicate(timeout=20)

    assert process.returncode == 130
    assert b"kept" in said
    assert results(tmp_path / "out")["a"].score == 10.0
    assert (tmp_path / "out" / "index.html").exists()
    time.sleep(0.2)
    left = subprocess.run(["pgrep", "-s", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607 - ours
    assert left.stdout == b""
    assert list(temporary.glob("grade-*")) == []


def test_help_answers_at_once() -> None:
    """`grade --help` imports nothing heavy: no torch, no pytest, no rich."""
    code = "import sys; from grader.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit: pass\n"
    code += "print([m for m in ('torch', 'pytest', 'rich', 'jinja2', 'numpy', 'matplotlib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - ours

    assert done.stdout.rstrip().endswith("[]")
    assert "run" in done.stdout
