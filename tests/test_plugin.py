"""Checks under plain pytest: what course staff use to look closer at one submission."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import MINI

CHECKS = MINI / "solutions" / "mini" / "checks.py"
RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"


def _pytest(*arguments: str | Path, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *map(str, arguments)]
    return subprocess.run(  # noqa: S603 - our own command
        command, cwd=cwd, capture_output=True, text=True, input=stdin, timeout=120, check=False
    )


def test_help_shows_our_options(tmp_path: Path) -> None:
    """`pytest checks.py --help` tells how to name a submission."""
    done = _pytest(CHECKS, "--help", cwd=tmp_path)

    assert "--submission=FILE" in done.stdout
    assert "--grade-seed=N" in done.stdout
    assert "--grade-sandbox" in done.stdout


def test_a_right_submission_passes_each_check(tmp_path: Path) -> None:
    """Plain pytest judges one file with the same fixtures, behind the same wall."""
    (tmp_path / "jane.py").write_text(RIGHT)

    done = _pytest(CHECKS, "--submission", "jane.py", cwd=tmp_path)

    assert "6 passed" in done.stdout, done.stdout + done.stderr


def test_one_check_can_be_chosen_and_shows_the_facts(tmp_path: Path) -> None:
    """`-k` runs one check; its failure is shown as pytest shows failures."""
    (tmp_path / "jane.py").write_text("def double(x):\n    return 3 * x\n")

    done = _pytest(CHECKS, "--submission=jane.py", "-k", "double_values", cwd=tmp_path)

    assert "1 failed, 5 deselected" in done.stdout
    assert "The result is wrong in 8 of 8 values" in done.stdout


def test_a_fixture_of_the_authors_shares_the_draw_of_its_check(tmp_path: Path) -> None:
    """A check and what it asks for draw from one stream, so that no number comes twice."""
    course = tmp_path / "course"
    shutil.copytree(MINI, course)
    checks = course / "solutions" / "mini" / "checks.py"
    checks.write_text(
        "import pytest\n\nfrom grader.checks import points\n\n\n"
        "@pytest.fixture\ndef first(draw):\n    return draw.number(0, 1)\n\n\n"
        "@points(10)\ndef check_double(first, draw):\n    'Two draws differ.'\n    assert draw.number(0, 1) != first\n"
    )
    (tmp_path / "jane.py").write_text(RIGHT)

    done = _pytest(checks, "--submission", "jane.py", cwd=tmp_path)

    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_the_debugger_stops_in_a_check(tmp_path: Path) -> None:
    """`--pdb` stops where a check failed, with what came back at hand."""
    (tmp_path / "jane.py").write_text("def double(x):\n    return 3 * x\n")

    done = _pytest(
        CHECKS, "--submission=jane.py", "-k", "double_values", "--pdb", cwd=tmp_path, stdin="u\np y.shape\nq\n"
    )

    assert "torch.Size([8])" in done.stdout, done.stdout


def test_checks_without_a_submission_say_what_is_missing(tmp_path: Path) -> None:
    """Without --submission each check errors with one sentence that names the option."""
    done = _pytest(CHECKS, cwd=tmp_path)

    assert "--submission FILE" in done.stdout
    assert "passed" not in done.stdout.splitlines()[-1] or "1 passed" in done.stdout  # the manual check asks nothing


def test_a_wrong_submission_argument_is_one_line(tmp_path: Path) -> None:
    """A file that is not there ends with a usage error."""
    done = _pytest(CHECKS, "--submission=nobody.py", cwd=tmp_path)

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "nobody.py" in done.stderr


def test_the_students_conftest_is_never_loaded(tmp_path: Path) -> None:
    """A conftest.py handed in beside the submission does not run in the trusted process, whatever the spelling."""
    folder = tmp_path / "student"
    folder.mkdir()
    (folder / "mini.py").write_text(RIGHT)
    (folder / "conftest.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').write('x')\n")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --co\n")

    for arguments in (["--submission", "student/mini.py"], ["--submission=student/mini.py"], ["--submission=student"]):
        done = _pytest(CHECKS, *arguments, cwd=tmp_path)
        assert "6 passed" in done.stdout, done.stdout + done.stderr

    assert not (tmp_path / "ran").exists()


def test_the_plugin_is_inert_elsewhere(tmp_path: Path) -> None:
    """In a project that has nothing to do with grading, `check_*` is not collected, and torch is not imported."""
    (tmp_path / "test_other.py").write_text(
        "import sys\n\ndef check_not_ours():\n    assert False\n\n"
        "def test_theirs():\n    assert 'torch' not in sys.modules\n"
    )

    done = _pytest("test_other.py", cwd=tmp_path)

    assert "1 passed" in done.stdout, done.stdout
