"""The wheel holds what it must, and nothing that students may not see."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import grader.packaging.wheel

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, as a release does."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    """List what lies in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_the_wheel_holds_code_templates_and_stubs(names: list[str]) -> None:
    """An installed grader can render pages and knows the assignments' public part."""
    for slug in (path.parent.name for path in (ROOT / "assignments").glob("*/assignment.toml")):
        assert f"grader/assignments/{slug}/{slug}.py" in names
        assert f"grader/assignments/{slug}/{slug}.ipynb" in names
    assert "grader/templates/feedback.html" in names
    assert "grader/templates/packages/gradescope/setup.sh" in names
    assert "grader/constraints.txt" in names
    assert "grader/cli.py" in names


def test_the_wheel_holds_nothing_hidden(wheel: Path, names: list[str]) -> None:
    """No solution, no hidden check, no submission and no test is in the wheel, by name or by content."""
    assert not [name for name in names if "solution" in name or name.endswith("/checks.py") or name.startswith("tests")]
    with zipfile.ZipFile(wheel) as archive:
        contents = [archive.read(name) for name in names if "/assignments/" in name]
    assert not [1 for content in contents if b"BEGIN SOLUTION" in content]


def test_the_wheel_that_we_make_ourselves_is_this_one(wheel: Path, tmp_path: Path) -> None:
    """`grade package` makes a wheel with no build backend, of a checkout and of an installation: the same files."""
    target = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    name, ours = grader.packaging.wheel.wheel()
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        "from grader.packaging.wheel import wheel; sys.stdout.buffer.write(wheel()[1])\n"
    )
    installed = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True)  # noqa: S603

    assert name == wheel.name
    assert _members(ours) == _members(wheel.read_bytes())
    assert installed.stdout == ours


def _members(wheel: bytes) -> dict[str, bytes]:
    """Read what a wheel holds, but for what tells who made it, the README and bytecode that tests have left."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        names = [name for name in archive.namelist() if "__pycache__" not in name]
        found = {name: archive.read(name) for name in names if not name.endswith(("/WHEEL", "/RECORD"))}
    (metadata,) = (name for name in names if name.endswith("/METADATA"))
    lines = found[metadata].partition(b"\n\n")[0].splitlines()
    return found | {metadata: b"\n".join(one for one in lines if not one.startswith(b"Description-Content-Type"))}


def test_pages_render_from_an_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    """The templates are found where the wheel puts them, with no checkout beside it."""
    target = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        "import grader; from grader.report.pages import render_index, templates_directory\n"
        f"assert grader.__file__.startswith({str(target)!r})\n"
        f"assert str(templates_directory()).startswith({str(target)!r})\n"
        "print(render_index([], assignment_title='A title'))\n"
    )
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "A title" in done.stdout
