"""`grade doctor`, apart from what it says in other settings (`test_settings.py`)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader import __version__, doctor
from grader.sandbox import landlock, remedies
from grader.sandbox.lockdown import LAYERS, available
from grader.sandbox.selftest import Attempts
from tests.command import grade

ALL = tuple(LAYERS)


def _examined(**changes: Any) -> doctor.Examined:
    usual: dict[str, Any] = {
        "given": ALL,
        "watched": True,
        "absent": (),
        "refused": None,
        "strict_refused": None,
        "attempts": Attempts(100, (), (), 0.03),
        "failure": "",
    }
    return doctor.Examined(**usual | changes)


def _said(found: doctor.Examined) -> str:
    return " ".join(" ".join(doctor.lines(found)).split())


def test_versions_and_layers_are_told() -> None:
    """The real command names the versions that matter, and all that is in force here."""
    done = grade("doctor")

    assert f"grade {__version__}, Python {sys.version.split()[0]}, torch " in done.out
    assert f"Landlock ABI {landlock.abi() or '(none)'}" in done.out
    assert done.code == (0 if remedies.refusal(available()) is None else 3)
    assert all(f"  in force  {layer:12}" in done.out for layer in (*available(), "watcher"))


@pytest.mark.parametrize("words", [["doctor"], ["run", "mini", "x.py", "-o", "out"], ["audit", "mini"]])
@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_another_system_is_refused_in_one_sentence(words: list[str], system: str, tmp_path: Path) -> None:
    """Where there is no Linux the commands that need it say so, without a traceback, and what would be right."""
    code = (
        "import sys; from tests.local.elsewhere import hide; hide()\n"
        f"from grader.cli import main; sys.platform = {system!r}; main({words!r}, prog_name='grade')"
    )
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("grade: submitted code is run on Linux alone")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("changes", "starts", "said"),
    [
        ({}, True, "grade run --sandbox strict: starts"),
        ({"attempts": Attempts(100, ("trace",), (), 0.03)}, False, "1 of 100 ways out led out (30 ms): trace"),
        ({"attempts": None, "failure": "no Python to be read"}, False, "Self-test: no Python to be read"),
        ({"attempts": None, "absent": ("torch",)}, False, "does not start without torch"),
        ({"watched": False}, True, "to have it: mount /proc"),
    ],
)
def test_what_was_found_decides(changes: dict[str, Any], starts: bool, said: str) -> None:
    """A hole, a self-test that could not be made and a package that is missing each keep `grade run` from starting."""
    found = _examined(**changes)

    assert found.starts == starts
    assert said in _said(found)


@pytest.mark.parametrize(("megabytes", "told"), [(512, True), (4096, False)])
def test_too_little_memory_is_told(monkeypatch: pytest.MonkeyPatch, megabytes: int, told: bool) -> None:
    """A control group that gives less than torch needs is worth a line."""
    monkeypatch.setattr(doctor, "most_memory", lambda: megabytes << 20)

    assert (f"Memory: {megabytes} MB are too few" in _said(_examined())) == told


@pytest.mark.parametrize(
    ("lines", "files", "expected"),
    [
        ("0::/a/b\n", {"a/memory.max": "1000000\n", "a/b/memory.max": "max\n"}, 1_000_000),
        ("4:memory:/a\n0::/\n", {"memory/a/memory.limit_in_bytes": "2000000\n"}, 2_000_000),
        ("4:cpu,memory:/elsewhere\n", {"memory/memory.limit_in_bytes": "3000000\n"}, 3_000_000),
    ],
)
def test_the_limit_of_a_control_group_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str, files: dict[str, str], expected: int
) -> None:
    """Of both kinds, of the group and of those above it; in a container the group's own path is often not there."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    read_text: Callable[..., str] = Path.read_text
    ours = Path("/proc/self/cgroup")
    monkeypatch.setattr(Path, "read_text", lambda path, **more: lines if path == ours else read_text(path, **more))

    assert doctor.most_memory(tmp_path) == expected
    assert doctor.most_memory(tmp_path / "none") > 1 << 27


@pytest.mark.parametrize("layer", [*LAYERS, "watcher"])
def test_each_layer_has_a_remedy(layer: str) -> None:
    """For each layer it is known what it stops and what would give it."""
    assert remedies.STOPS[layer]
    assert len(remedies.remedy(layer)) > 8


@pytest.mark.parametrize(
    ("release", "answer", "said"),
    [
        ("4.19.0-27-amd64", 38, "use Linux 5.13 or later, this is 4.19.0-27-amd64"),
        ("5.4.0", 38, "use Linux 5.13 or later, this is 5.4.0"),
        ("5.15.0", 95, "boot with landlock among the modules"),
        ("6.1.0", 38, "Docker 23"),
    ],
)
def test_the_remedy_for_landlock_fits_the_kernel(
    monkeypatch: pytest.MonkeyPatch, release: str, answer: int, said: str
) -> None:
    """An old kernel, one that was booted without it, and a container engine that refuses it are told apart."""
    monkeypatch.setattr("platform.release", lambda: release)
    monkeypatch.setattr(remedies, "_answer", lambda *_: answer)

    assert said in remedies.remedy("landlock")


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("user.max_user_namespaces", "0", "sysctl user.max_user_namespaces=15000"),
        ("kernel.unprivileged_userns_clone", "0", "sysctl kernel.unprivileged_userns_clone=1"),
        ("kernel.apparmor_restrict_unprivileged_userns", "1", "sysctl kernel.apparmor_restrict_unprivileged_userns=0"),
        ("nothing", "", "which a container engine may refuse"),
    ],
)
def test_the_remedy_for_namespaces_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: str, said: str
) -> None:
    """An ordinary user is told which setting of the kernel forbids user namespaces here."""
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(remedies, "_setting", lambda name: value if name == setting else "")

    assert said in remedies.remedy("namespaces")
