"""The hostile corpus in a container of Docker's default capabilities and seccomp profile, built from the Dockerfile."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.results import read_result
from tests.command import Ran, grade, results
from tests.corpus import Case, cases, differences
from tests.test_hostile import HOSTILE, Runs, bare, run_among_honest

pytestmark = pytest.mark.container

SCRIPT = Path(__file__).parent / "oci.sh"
GIVEN = ("rlimits", "setuid", "no_new_privs", "landlock", "seccomp", "watcher")
"""What a container gives: root, and no namespaces."""


def contained(*mounted: Path, options: Sequence[str] = ()) -> list[str]:
    """Return the words that start `grade` in a new container which sees these folders at their own paths."""
    volumes = [word for path in mounted for word in ("-v", f"{path}:{path}")]
    image = os.environ["GRADE_IMAGE"]
    return [str(SCRIPT), "podman", "run", "--rm", "--network=none", *volumes, *options, image]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Run the hostile corpus in containers."""
    folder, temporary = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("tmp")
    return run_among_honest(folder, temporary, contained(folder))


def test_the_container_gives_what_docker_gives() -> None:
    """The layers in force are those of root without namespaces, and the self-test finds no way out."""
    done = grade("doctor", command=contained())

    assert done.code == 0, done.out + done.err
    assert re.findall(r"^  MISSING +(\w+)", done.out, re.MULTILINE) == ["namespaces"]
    assert "none led out" in " ".join(done.out.split())


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.name)
def test_a_hostile_submission_gains_nothing(runs: Runs, case: Case) -> None:
    """It ends with a score of 0, and with the words that it should, as on a machine."""
    result = read_result(runs.mixed / "submissions" / case.name / "result.json")

    assert (result.score, result.sandbox) == (0.0, GIVEN)
    assert differences(case, result) == []


def test_the_class_around_them_is_graded_as_without_them(runs: Runs) -> None:
    """The results of honest submissions are the same to the byte, but for `seconds`; nothing is left outside."""
    names = list(results(runs.alone))

    assert len(names) == 5
    for name in names:
        path = Path("submissions") / name / "result.json"
        assert bare(runs.alone / path) == bare(runs.mixed / path)
    assert {one for one in runs.left if "(conmon" not in one} == set()  # podman's own, which nobody waits for


def _without_landlock(folder: Path) -> list[str]:
    """Write Docker's profile without Landlock, as it was before 2022, and return the option that takes it."""
    done = subprocess.run([SCRIPT, "profile"], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    profile = json.loads(done.stdout)
    for rule in profile["syscalls"]:
        rule["names"] = [name for name in rule["names"] if not name.startswith("landlock_")]
    path = folder / "old-docker.json"
    path.write_text(json.dumps(profile))
    return ["--security-opt", f"seccomp={path}"]


def _run(folder: Path, *more: str) -> Ran:
    options = _without_landlock(folder)
    words = contained(folder / "class", folder / "out", options=options)
    return grade("run", "himmelblau", folder / "class", "-o", folder / "out", *more, command=words)


def test_without_landlock_it_grades_what_is_closed_to_others(tmp_path: Path) -> None:
    """On an older engine `strict` refuses and names Landlock; `auto` wants a closed class, and nothing is gained."""
    # Without Landlock it may write there while it runs; what it leaves is removed, which tests/test_settings.py shows.
    chosen = [case for case in cases("hostile") if case.name.startswith(("read_", "persist_"))]
    chosen = [case for case in chosen if case.name != "persist_shared_memory"]
    (right,) = [case for case in cases("himmelblau") if case.name == "right_bare_names"]
    (tmp_path / "class").mkdir(mode=0o755)
    (tmp_path / "out").mkdir(mode=0o700)
    for case in (*chosen, right):
        shutil.copytree(case.folder, tmp_path / "class" / case.name, ignore=shutil.ignore_patterns("expect.toml"))

    strict, opened = _run(tmp_path, "--sandbox", "strict"), _run(tmp_path)
    (tmp_path / "class").chmod(0o700)
    closed = _run(tmp_path)

    assert (strict.code, opened.code, closed.code) == (3, 3, 0), closed.err
    assert "landlock" in strict.err
    assert "chmod o-rwx" in opened.err
    found = results(tmp_path / "out")
    assert "landlock" not in found["right_bare_names"].sandbox
    assert {name: result.score for name, result in found.items()} == {
        case.name: 40.0 if case is right else 0.0 for case in (*chosen, right)
    }
