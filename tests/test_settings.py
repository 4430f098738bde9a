"""`grade` where layers are missing for real: as root and as an ordinary user, with calls that the kernel refuses."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.sandbox.lockdown import available
from tests.command import GRADE, MINI, Ran, grade, results
from tests.settings import USER, command
from tests.traces import left_since, look

RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.alone,
    pytest.mark.skipif(os.geteuid() != 0, reason="root alone can be both root and an ordinary user"),
]


@dataclass(frozen=True)
class Place:
    """A setting, and a folder of its user's own."""

    command: list[str]
    folder: Path

    @property
    def env(self) -> dict[str, str]:
        """Keep what a run makes meanwhile where its user may write."""
        return {"TMPDIR": str(self.folder / "tmp")}

    def run(self, *more: str) -> Ran:
        """Grade a right submission."""
        return self.grade("right.py", *more)

    def grade(self, *arguments: str) -> Ran:
        """Grade files of this folder."""
        given = (arg if arg.startswith("-") or not arg.endswith(".py") else self.folder / arg for arg in arguments)
        where = ("-o", self.folder / "out", "--course", self.folder / "course")
        return grade("run", "mini", *given, *where, command=self.command, env=self.env)

    def doctor(self) -> Ran:
        """Ask what there is."""
        return grade("doctor", command=self.command, env=self.env, cwd=self.folder / "course")


@pytest.fixture
def settle() -> Iterator[Callable[..., Place]]:
    """Make a folder for whoever grades in a setting, reachable by all; course, class and results are open to nobody."""
    made = Path(tempfile.mkdtemp(prefix="pytest-grade-"))
    made.chmod(0o711)

    def settle(setting: str, *denied: str) -> Place:
        (made / "tmp").mkdir(mode=0o711)
        (made / "out").mkdir(mode=0o700)
        (made / "right.py").write_text(RIGHT)
        (made / "right.py").chmod(0o600)
        shutil.copytree(MINI, made / "course")
        (made / "course" / "solutions").chmod(0o700)
        if setting == "user":
            for path in (made, *made.rglob("*")):
                os.chown(path, USER, USER)
        return Place([*command(setting, denied), *GRADE[1:]], made)

    yield settle
    shutil.rmtree(made)


@pytest.mark.parametrize(
    ("setting", "denied", "named"),
    [
        ("root", ["landlock"], ["landlock"]),
        ("root", ["namespaces"], ["namespaces"]),
        ("root", ["namespaces", "landlock"], ["namespaces", "landlock"]),
        ("user", [], ["setuid"]),
    ],
)
def test_strict_refuses_and_names_what_is_missing(
    settle: Callable[..., Place], setting: str, denied: list[str], named: list[str]
) -> None:
    """`--sandbox strict` says which layers are missing and what would give each, and grades nothing."""
    place = settle(setting, *denied)

    done = place.run("--sandbox", "strict")

    assert (done.code, done.out) == (3, "")
    assert f"grade: --sandbox strict: this machine does not give {' and '.join(named)} (" in done.err
    assert all(f"to have {layer}, " in done.err for layer in named)
    assert done.err.count("\n") == 1
    assert results(place.folder / "out") == {}


@pytest.mark.parametrize(
    ("setting", "denied"),
    [
        ("root", ["namespaces"]),
        ("root", ["namespaces", "landlock"]),
        ("user", ["namespaces"]),
    ],
)
def test_auto_grades_with_what_there_is(settle: Callable[..., Place], setting: str, denied: list[str]) -> None:
    """Above the floor a right submission gets its points, the result lists what was in force, and nothing is left."""
    missing = {*denied, *(["setuid"] if setting == "user" else [])}
    place = settle(setting, *denied)

    done = place.run()

    assert done.code == 0, done.err
    result = results(place.folder / "out")["right"]
    assert (result.score, result.sandbox) == (
        10.0,
        (*(layer for layer in available() if layer not in missing), "watcher"),
    )
    assert list((place.folder / "tmp").glob("grade-*")) == []


@pytest.mark.parametrize(
    ("setting", "denied", "said"),
    [
        ("user", ["landlock"], "neither setuid nor landlock is in force"),
        ("user", ["landlock", "namespaces"], "to have setuid, run as root"),
        ("root", ["seccomp"], "seccomp is missing (to have seccomp, "),
    ],
)
def test_below_the_floor_auto_refuses_and_so_does_the_doctor(
    settle: Callable[..., Place], setting: str, denied: list[str], said: str
) -> None:
    """Where too little is in force nothing is graded, and `grade doctor` says the same in the same words."""
    place = settle(setting, *denied)

    ran, examined = place.run(), place.doctor()

    assert (ran.code, examined.code, results(place.folder / "out")) == (3, 3, {})
    assert "grade: the isolation here is below the floor: " in ran.err
    assert said in ran.err
    assert ran.err.removeprefix("grade: ").strip() in " ".join(examined.out.split())
    assert "Self-test: not tried" in examined.out


@pytest.mark.parametrize(
    ("setting", "denied", "words"),
    [
        ("root", [], "none led out"),
        ("root", ["namespaces", "landlock"], "as is known of these layers"),
        ("user", ["namespaces"], "(stat_secret)"),
    ],
)
def test_the_doctor_says_what_is_there_and_what_a_real_worker_found(
    settle: Callable[..., Place], setting: str, denied: list[str], words: str
) -> None:
    """Each layer is said to be in force or missing, with a remedy; the self-test of a real worker is told, in ms."""
    missing = {*denied, *(["setuid"] if setting == "user" else [])}

    done = settle(setting, *denied).doctor()

    assert (done.code, done.err) == (0, "")
    rows = re.findall(r"^  (in force|MISSING) +(\w+) +stops ", done.out, re.MULTILINE)
    assert {layer for mark, layer in rows if mark == "MISSING"} == missing
    assert {layer for mark, layer in rows if mark == "in force"} == {*available(), "watcher"} - missing
    assert done.out.count("to have it: ") == len(missing)
    said = " ".join(done.out.split())
    assert words in said
    assert " ms" in said.partition("Self-test: a real worker tried ")[2]
    assert ("grade run --sandbox strict: starts" in said) == (not missing)
    assert max(map(len, done.out.splitlines())) <= 100
    assert len(done.out.splitlines()) <= 24


def test_a_python_that_others_cannot_read_is_told(settle: Callable[..., Place]) -> None:
    """Root without namespaces needs a Python that other users can read: the doctor finds out, and a run says it too."""
    place = settle("private", "namespaces")

    ran, examined = place.run(), place.doctor()

    said = "cannot be read by other users, so submissions cannot import it; use a Python outside private folders"
    assert (ran.code, examined.code) == (3, 3)
    assert said in ran.err
    assert said in " ".join(examined.out.split())
    assert "grade run: refuses, as the self-test says" in examined.out


LITTERS = """
from pathlib import Path

PLACES = [Path(place) / "litter" for place in ("/tmp", "/var/tmp", "/dev/shm")]

def litter():
    for place in PLACES:
        (place / "below").mkdir(parents=True)
        (place / "below" / "answers").write_text("x")
        place.chmod(0)
    return True

left = all(not place.exists() for place in PLACES) and litter()

def double(x):
    return 2 * x if left else x

def total(x):
    return float(x.sum())
"""


def test_nothing_is_left_where_anybody_may_write(settle: Callable[..., Place]) -> None:
    """With neither namespaces nor Landlock workers do write there; each finds nothing of the one before it."""
    place = settle("root", "namespaces", "landlock")
    for name in ("a.py", "b.py"):
        (place.folder / name).write_text(LITTERS)
        (place.folder / name).chmod(0o600)
    before = look()

    done = place.grade("a.py", "b.py", "--jobs", "1")

    assert done.code == 0, done.err
    assert {name: result.score for name, result in results(place.folder / "out").items()} == {"a": 10.0, "b": 10.0}
    assert left_since(before) == set()


@pytest.mark.parametrize("opened", ["course/solutions", "right.py", "out"])
def test_what_modes_alone_hide_must_be_closed(settle: Callable[..., Place], opened: str) -> None:
    """With neither namespaces nor Landlock a run refuses a solution, a submission or results that anybody may read."""
    place = settle("root", "namespaces", "landlock")
    (place.folder / opened).chmod(0o755)

    done = place.run()

    assert done.code == 3
    assert f"{place.folder / opened}" in done.err
    assert "chmod o-rwx" in done.err
    assert results(place.folder / "out") == {}


def test_an_archive_that_we_cannot_read_is_not_graded(settle: Callable[..., Place]) -> None:
    """It costs nobody a point: that one has no score, the exit code says so, and the class around it is graded."""
    place = settle("user")
    (place.folder / "class").mkdir(mode=0o755)
    (place.folder / "class" / "ann.zip").write_bytes(b"closed to who grades")
    (place.folder / "class" / "ann.zip").chmod(0o600)
    (place.folder / "class" / "bob.py").write_text(RIGHT)
    where = ("-o", place.folder / "out", "--course", place.folder / "course")

    done = grade("run", "mini", place.folder / "class", *where, command=place.command, env=place.env)

    assert done.code == 3, done.err
    ann, bob = (results(place.folder / "out")[name] for name in ("ann", "bob"))
    assert (ann.status, ann.score, bob.score) == ("not_graded", None, 10.0)
    assert "ann.zip could not be unpacked here" in ann.message
