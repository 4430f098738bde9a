"""A class that waits for a person."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command import run_mini
from tests.review.serving import RIGHT, WRONG


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Grade three students once: ben's files are a copy of ann's."""
    folder, out = tmp_path_factory.mktemp("class"), tmp_path_factory.mktemp("out")
    for name, text in {"ann": RIGHT, "ben": RIGHT, "cho": WRONG}.items():
        (folder / f"{name}.py").write_text(text)
    ran = run_mini(out, [folder])
    assert ran.code == 0, ran.err
    return folder, out


@pytest.fixture
def place(graded_class: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Copy the class and its results, to be changed by one test."""
    for at, name in enumerate(("class", "out")):
        shutil.copytree(graded_class[at], tmp_path / name)
    return tmp_path / "class", tmp_path / "out"
