"""The documents say what the program does, or the tests fail."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest
from PIL import Image

import grader.checks
from grader.cli import main
from grader.packaging import ALIASES
from grader.platforms.settings import PLATFORMS
from grader.sandbox.probes import PROBES
from tests.corpus import cases

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "\n".join(page.read_text() for page in PAGES)


@pytest.fixture
def update() -> ModuleType:
    """Import what writes the generated parts."""
    spec = importlib.util.spec_from_file_location("update", ROOT / "docs" / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_generated_parts_are_what_the_program_gives(update: ModuleType) -> None:
    """Help blocks and the table of attacks are generated: after a change, `python docs/update.py` writes them anew."""
    readme, security = (ROOT / "README.md").read_text(), (ROOT / "docs" / "security.md").read_text()

    assert readme == update.updated(readme), "stale: run python docs/update.py"
    assert security == update.with_attacks(security), "stale: run python docs/update.py"


def test_every_attack_is_proven(update: ModuleType) -> None:
    """Each of the 78 attacks has a case of the hostile corpus, a probe or a test, and what is named is there."""
    proofs = [proof for _, _, proof in update.attacks()]
    tried = {number for case in cases("hostile") for number in case.attacks}
    named = re.findall(r"`([^`]+)`", " ".join(proofs))

    assert len(proofs) == 78
    assert [number for number, proof in enumerate(proofs, 1) if not proof and number not in tried] == []
    assert [name for name in named if name not in PROBES and not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the project names one that is there."""
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_that_are_named_exist(page: Path) -> None:
    """A file of ours that a page names in code is there."""
    for path in re.findall(r"`((?:grader|docs|solutions|tests)/[\w/.-]+\.\w+)`", page.read_text()):
        assert (ROOT / path).exists(), path


def test_every_command_and_option_is_told() -> None:
    """Each command and each of its options stands in a document."""
    for name, command in main.commands.items():
        assert f"grade {name}" in TEXT, name
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert any(option in TEXT for option in parameter.opts), (name, parameter.opts)


def test_everything_that_authors_import_is_told() -> None:
    """Each public name of `grader.checks` stands in docs/authoring.md, or is the type of one that does."""
    text = (ROOT / "docs" / "authoring.md").read_text()
    types = {"Axes", "Draw", "Figure", "Image", "Line", "Submission", "Transplant"}
    untold = [name for name in grader.checks.__all__ if name not in types and name not in text]

    assert untold == []


def test_the_layers_are_told() -> None:
    """Each layer of the wall stands in docs/security.md."""
    from grader.sandbox.lockdown import LAYERS

    text = (ROOT / "docs" / "security.md").read_text()

    assert [layer for layer in (*LAYERS, "watcher") if f"`{layer}`" not in text] == []


def _section(name: str) -> str:
    """Give what docs/platforms.md says of one platform."""
    title = PLATFORMS[name].title if name in PLATFORMS else name.capitalize()
    _, found, rest = (ROOT / "docs" / "platforms.md").read_text().partition(f"\n## {title}\n")
    assert found, f"docs/platforms.md has no section {title}"
    return rest.partition("\n## ")[0]


def test_the_figures_of_platforms_are_those_of_the_settings(update: ModuleType) -> None:
    """The table is generated, and the steps name no figure that the settings do not have."""
    text = (ROOT / "docs" / "platforms.md").read_text()
    assert text == update.with_figures(text), "stale: run python docs/update.py"

    for name, given in PLATFORMS.items():
        seconds = {given.seconds, given.asked_seconds, given.asked_seconds / 2, given.most_seconds}
        memory = {given.memory_mb, given.asked_memory_mb}
        section = _section(name)
        assert {float(figure) for figure in re.findall(r"\b(\d+) s\b", section)} <= seconds, name
        assert {int(figure) for figure in re.findall(r"\b(\d+) MB\b", section)} <= memory, name


@pytest.mark.parametrize("name", [*PLATFORMS, *ALIASES])
def test_every_platform_is_told_and_shown(name: str) -> None:
    """Each has five steps, what happens in five cases, and a picture that is not too large for a page."""
    section, picture = _section(name), ROOT / "docs" / "platforms" / f"{name}.png"

    assert f"grade package sinenet --platform {name} " in section
    assert re.findall(r"(?m)^(\d)\. ", section) == ["1", "2", "3", "4", "5"]
    for case in ("a file that is no submission", "our own fault", "hidden checks", "lateness", "handed in again"):
        assert f"| {case} |" in section, case
    assert f"](platforms/{name}.png)" in section
    assert picture.stat().st_size < 60_000
    with Image.open(picture) as image:
        assert image.width <= 900


def test_no_registry_host_and_no_path_of_a_machine_is_named() -> None:
    """Nothing in the repository depends on the machine that it was written on."""
    pattern = re.compile("/" + "root/|/" + "work/|py" + "pi.org|download.py" + "torch")
    suffixes = {".py", ".md", ".toml", ".txt", ".sh", ".html", ".css", ".js", ""}
    skipped = {".venv", ".git", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "demo-results"}
    for path in ROOT.rglob("*"):
        if path.is_file() and path.suffix in suffixes and not skipped & set(path.relative_to(ROOT).parts):
            found = pattern.search(path.read_text(errors="replace"))
            assert found is None, (path, found and found[0])
