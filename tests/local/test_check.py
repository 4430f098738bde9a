"""`grade check`: the public checks on a student's own file, without a solution, on one screen."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.command import Ran, grade

ROOT = Path(__file__).parents[2]
WRONG = "def predict(X, w):\n    return (X * w)\n\n\ndef mse_loss(pred, y):\n    return ((pred - y) ** 2).mean()\n"
RIGHT = WRONG.replace("(X * w)", "X @ w")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give what students of a small assignment get, in a folder of theirs, and nothing else."""
    course = tmp_path_factory.mktemp("course")
    assert grade("new", "fit", cwd=course).code == 0
    folder = tmp_path_factory.mktemp("laptop") / "my exercises"
    assert grade("release", "fit", "-o", folder, cwd=course).code == 0
    return folder


def check(released: Path, name: str, text: str, *more: str) -> Ran:
    """Save a file beside the released ones and check it."""
    (released / name).write_text(text, encoding="utf-8")
    return grade("check", name, *more, cwd=released, env={"PYTHONIOENCODING": "utf-8"})


def test_a_wrong_file_gets_one_line_a_check_and_the_first_thing_to_mend(released: Path) -> None:
    """The exit code is 1; message, hint and place are of the first check that fails, and what comes later is told."""
    done = check(released, "fit.py", WRONG)

    assert (done.code, done.err) == (1, "")
    assert done.out == (
        "Fit: the public checks on fit.py\n"
        "\n"
        "  ✗ predict gives one number for each row.\n"
        "  ✓ mse_loss is 1 where all predictions are wrong by 1.\n"
        "\n"
        "First to mend: predict gives one number for each row.\n"
        "  predict(X, w) should have shape (5,), but has (5, 3).\n"
        "  Hint: (n, d) times (d,) gives (n,).\n"
        "  Look at `predict`: fit.py, line 1.\n"
        "\n"
        "1 of 2 public checks pass.\n"
        "5 hidden checks, worth 8 points, will run later, on what you hand in.\n"
    )


def test_a_right_file_ends_with_0(released: Path) -> None:
    """All checks pass, and that does not claim that all is done."""
    done = check(released, "fit.py", RIGHT)

    assert done.code == 0
    assert "2 of 2 public checks pass.\n5 hidden checks, worth 8 points, will run later" in done.out


def test_a_notebook_is_checked_like_a_file(released: Path) -> None:
    """Magics do nothing, a cell that raises is told and costs only itself, and places are cells."""
    blank: dict[str, object] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    sources = ["!pip install x\n%matplotlib inline", "import torch", "1 / 0", WRONG]
    cells = [blank | {"source": source} for source in sources]
    text = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells})

    done = check(released, "fit.ipynb", text)

    assert done.code == 1
    assert "Look at `predict`: fit.ipynb, cell 4, line 1." in done.out
    assert "cell 3, line 1: ZeroDivisionError: division by zero" in done.out
    assert "1 of 2 public checks pass." in done.out


def test_what_the_code_printed_stands_at_the_end_and_is_cut(released: Path) -> None:
    """A hundred lines do not hide what was found."""
    done = check(released, "fit.py", "for i in range(100):\n    print('line', i)\n" + RIGHT)

    assert done.code == 0
    assert done.out.endswith("  line 7\n  ... and 92 lines more\n")
    assert done.out.index("public checks pass") < done.out.index("line 0")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import torch\nx = 1 +\n", "SyntaxError: invalid syntax (fit.py, line 2: x = 1 +)"),
        ("import torch\n\ny = x\n", "NameError: name 'x' is not defined (fit.py, line 3: y = x)"),
        ("import helper\n", "put into it what it needs of helper.py"),
        ("import sys\nsys.exit(0)\n", "SystemExit: 0 (fit.py, line 2"),
        ("x = input()\n", "EOFError"),
    ],
)
def test_a_file_that_does_not_import_is_told_with_its_line(released: Path, text: str, words: str) -> None:
    """Nothing is checked then, the exit code is 1, and there is no traceback."""
    (released / "helper.py").write_text("x = 1\n")

    done = check(released, "fit.py", text)

    assert done.code == 1
    assert "The file cannot be imported" in done.out
    assert words in " ".join(done.out.split())
    assert "Traceback" not in done.out + done.err


def test_a_loop_without_an_end_is_ended(released: Path) -> None:
    """A check that takes longer than its time says so, also where the code catches every exception."""
    endless = "def mse_loss(pred, y):\n    while True:\n        pass\n"
    loop = "        while True:\n            pass\n"
    caught = f"\n\ndef predict(X, w):\n    try:\n{loop}    except Exception:\n        return X\n"
    facts = released / "assignment.toml"
    before = facts.read_text()
    facts.write_text(before.replace("check_seconds = 5", "check_seconds = 0.5"))
    try:
        done = check(released, "fit.py", endless + caught)
    finally:
        facts.write_text(before)

    assert done.code == 1
    assert "It did not finish within 0.5 seconds." in done.out
    assert "0 of 2 public checks pass." in done.out


@pytest.mark.parametrize("name", ["fit (1).py", "jane_fit.py", "Fit-final.py", "solution.py"])
def test_the_assignment_is_found_by_the_name_or_by_what_lies_beside(released: Path, name: str) -> None:
    """Copies, and names with the assignment's in it, are taken; beside the released files any name will do."""
    assert check(released, name, RIGHT).code == 0


def test_a_name_that_fits_several_assignments_is_not_guessed(tmp_path: Path) -> None:
    """One line names the assignments that may be meant; --assignment says which."""
    for name in ("sinenet_himmelblau.py", "my work.py"):
        (tmp_path / name).write_text("x = 1\n")
        done = grade("check", name, cwd=tmp_path)

        assert done.code == 2
        assert done.out == ""
        assert done.err.count("\n") == 1
        assert "--assignment" in done.err
        assert "himmelblau, sinenet" in done.err

    assert grade("check", "my work.py", "--assignment", "sinenet", cwd=tmp_path).code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nobody.py",), "nobody.py does not exist"),
        ((".",), "give a .py or an .ipynb"),
        (("fit.txt",), "give a .py or an .ipynb"),
        (("fit.py", "--assignment", "fitt"), "fitt"),
        ((), "FILE"),
    ],
)
def test_wrong_usage_is_one_clear_line(released: Path, arguments: tuple[str, ...], words: str) -> None:
    """The exit code is 2, nothing stands on standard output, and there is no traceback."""
    (released / "fit.txt").write_text("x")
    (released / "fit.py").write_text(RIGHT)

    done = grade("check", *arguments, cwd=released)

    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert "Traceback" not in done.err


def test_a_terminal_without_the_signs_gets_plain_ones(released: Path) -> None:
    """Where the output cannot hold a check mark, as in an old Windows console, + and x stand for it."""
    (released / "fit.py").write_text(WRONG)

    done = grade("check", "fit.py", cwd=released, env={"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"})

    assert done.code == 1
    assert "  x predict gives" in done.out
    assert "  + mse_loss is" in done.out


def test_the_students_other_files_do_not_run(released: Path, tmp_path: Path) -> None:
    """A conftest.py or a pytest.ini beside the file changes nothing, and nothing is left beside it."""
    folder = tmp_path / "work"
    shutil.copytree(released, folder)
    (folder / "conftest.py").write_text("raise SystemExit(7)\n")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --co\n")
    (folder / "random.py").write_text("raise SystemExit(8)\n")
    (folder / "fit.py").write_text(RIGHT)
    before = {path.name for path in folder.iterdir()}

    assert grade("check", folder / "fit.py", cwd=tmp_path).code == 0
    assert grade("check", "fit.py", cwd=folder).code == 0
    for options in ((), ("-P",)):
        command = [sys.executable, *options, "-m", "grader", "check", "fit.py"]
        assert subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False).returncode == 0  # noqa: S603 - ours
    assert {path.name for path in folder.iterdir()} == before


def elsewhere(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `grade` without what only POSIX has."""
    command = [sys.executable, str(ROOT / "tests" / "local" / "elsewhere.py"), *arguments]
    return subprocess.run(  # noqa: S603 - our own command
        command, cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
def test_it_works_on_other_systems(suffix: str, tmp_path: Path) -> None:
    """Nothing that only POSIX has is imported or called on this path: see elsewhere.py, and what is hidden there."""
    shutil.copy(ROOT / "assignments" / "sinenet" / f"sinenet{suffix}", tmp_path)

    done = elsewhere(tmp_path, "check", f"sinenet{suffix}")

    assert done.returncode == 1, done.stderr
    assert "This part is not written yet" in done.stdout
    assert "0 of 7 public checks pass." in done.stdout


@pytest.mark.slow
def test_what_is_hidden_in_that_test_would_be_missed(tmp_path: Path) -> None:
    """`grade run`, which needs POSIX, fails in the same surroundings: the test above can fail."""
    (tmp_path / "sinenet.py").write_text("x = 1\n")

    done = elsewhere(tmp_path, "run", "sinenet", "sinenet.py", "-o", "out", "--course", str(ROOT))

    assert done.returncode == 1
    assert "which only POSIX has" in done.stderr


@pytest.mark.slow
def test_it_works_from_the_wheel(tmp_path: Path) -> None:
    """With no checkout and no solutions beside it, the wheel knows the assignments and their public checks."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)  # noqa: S603 - our own command
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as archive:
        archive.extractall(tmp_path / "site")
    (tmp_path / "work").mkdir()
    shutil.copy(ROOT / "solutions" / "himmelblau" / "solution.py", tmp_path / "work" / "jane_himmelblau.py")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); import grader.cli\n"
        f"assert grader.__file__.startswith({str(tmp_path)!r})\n"
        "grader.cli.main(['check', 'jane_himmelblau.py'])"
    )

    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], cwd=tmp_path / "work", capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 of 5 public checks pass." in done.stdout
