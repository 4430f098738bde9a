"""Tests of `grader.assignment`: where an assignment is found, and how strictly its facts are read."""

from __future__ import annotations

import hashlib
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from grader import assignment as assignments
from grader.assignment import course_folder, known_slugs, load
from grader.errors import UsageError
from grader.submission import Limits

FACTS = 'title = "SineNet: fit a sine"\nmax_points = 40\nnames = ["make_data", "SineNet"]\n'


def add(course: Path, slug: str = "sinenet", facts: str = FACTS, *, hidden: bool = True) -> Path:
    """Write an assignment into a course, and return the course."""
    public = course / "assignments" / slug
    public.mkdir(parents=True)
    (public / "assignment.toml").write_text(facts)
    (public / f"{slug}.py").write_text("# stub\n")
    (public / f"{slug}.ipynb").write_text("{}\n")
    (public / "public_checks.py").write_text("# public\n")
    if hidden:
        (course / "solutions" / slug / "mistakes").mkdir(parents=True)
        for name in ("solution.py", "checks.py"):
            (course / "solutions" / slug / name).write_text(f"# {name}\n")
    return course


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a course with one assignment, and stand outside it and every other."""
    outside = tmp_path / "outside"
    outside.mkdir()
    monkeypatch.chdir(outside)
    return add(tmp_path / "course")


# What it says


def test_an_assignment_says_where_its_files_are(course: Path) -> None:
    """Facts, folders, stubs and checks are found by the slug in a course."""
    found = load("sinenet", course)

    assert (found.slug, found.title, found.max_points) == ("sinenet", "SineNet: fit a sine", 40.0)
    assert found.names == ("make_data", "SineNet")
    assert found.public == course / "assignments/sinenet"
    assert found.hidden == course / "solutions/sinenet"
    assert found.checks_path == course / "solutions/sinenet/checks.py"
    assert found.solution_path == course / "solutions/sinenet/solution.py"
    assert found.public_checks_path == course / "assignments/sinenet/public_checks.py"
    assert found.stubs() == {"sinenet.py": b"# stub\n", "sinenet.ipynb": b"{}\n"}


def test_limits_have_defaults(course: Path) -> None:
    """What `assignment.toml` does not limit has the default of the contract."""
    found = load("sinenet", course)

    assert (found.import_seconds, found.check_seconds, found.memory_mb) == (60.0, 10.0, 2048)
    assert found.limits == Limits()


def test_limits_can_be_set(tmp_path: Path) -> None:
    """Each limit of `[limits]` is taken, alone too."""
    limits = "[limits]\nimport_seconds = 5\ncheck_seconds = 0.5\nmax_file_mb = 1\nmax_files = 7\n"
    limits += "max_total_mb = 2\nmax_depth = 0\nmax_name = 100\n"
    found = load("sinenet", add(tmp_path, facts=FACTS + limits))

    assert (found.import_seconds, found.check_seconds, found.memory_mb) == (5.0, 0.5, 2048)
    assert found.limits == Limits(1_000_000, 2_000_000, 7, 0, 100)


def test_an_assignment_travels(course: Path) -> None:
    """An assignment can be sent to another process of ours, and used as a key."""
    found = load("sinenet", course)

    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own bytes
    assert len({found, load("sinenet", course)}) == 1


def test_a_missing_stub_is_no_stub(course: Path) -> None:
    """An assignment without a notebook has one stub."""
    (course / "assignments/sinenet/sinenet.ipynb").unlink()

    assert list(load("sinenet", course).stubs()) == ["sinenet.py"]


def test_without_solutions_nothing_hidden_is_named(tmp_path: Path) -> None:
    """Where a course has no solutions, the public side works and the hidden one says why it does not."""
    found = load("sinenet", add(tmp_path, hidden=False))

    assert found.hidden is None
    for ask in ("checks_path", "solution_path"):
        with pytest.raises(UsageError, match=r"^There is no solutions/sinenet/ in this course"):
            getattr(found, ask)
    with pytest.raises(UsageError, match=r"^There is no solutions/sinenet/"):
        found.checks_sha256()


def test_an_incomplete_assignment_names_the_file(course: Path) -> None:
    """A missing `checks.py` is a wrong configuration, said in one line."""
    (course / "solutions/sinenet/checks.py").unlink()

    with pytest.raises(UsageError, match=r"^The assignment sinenet is incomplete: there is no \S+/checks\.py\.$"):
        load("sinenet", course).checks_sha256()


# The hash of what decides the marks


def test_the_hash_follows_every_module_beside_the_checks(course: Path) -> None:
    """The hash changes with a name or a byte of any `.py` in the hidden folder."""
    found = load("sinenet", course)
    folder = course / "solutions/sinenet"
    seen = [found.checks_sha256()]
    (folder / "checks.py").write_text("# other\n")
    seen.append(found.checks_sha256())
    (folder / "solution.py").write_text("# other\n")
    seen.append(found.checks_sha256())
    (folder / "tools.py").write_text("# tools\n")
    seen.append(found.checks_sha256())
    (folder / "tools.py").rename(folder / "more_tools.py")
    seen.append(found.checks_sha256())

    assert len(set(seen)) == len(seen)
    assert all(len(text) == hashlib.sha256().digest_size * 2 for text in seen)


def test_the_hash_sees_the_catalogue(course: Path) -> None:
    """A mistake that is added or changed may change what a result says, and so it changes the hash."""
    found = load("sinenet", course)
    hashes = {found.checks_sha256()}
    for text in ("# mistake\n", "# another\n"):
        (course / "solutions/sinenet/mistakes/one.py").write_text(text)
        hashes.add(found.checks_sha256())

    assert len(hashes) == 3


def test_the_hash_ignores_what_decides_nothing(course: Path) -> None:
    """Variants, notes and caches leave the hash alone, and so does the place of the course."""
    found = load("sinenet", course)
    before = found.checks_sha256()
    (course / "solutions/sinenet/variants").mkdir()
    (course / "solutions/sinenet/variants/one.py").write_text("# variant\n")
    (course / "solutions/sinenet/NOTES.md").write_text("notes\n")

    assert found.checks_sha256() == before

    moved = course.rename(course.parent / "moved")
    assert load("sinenet", moved).checks_sha256() == before


# Where it is found


@pytest.mark.parametrize("path", ["assignments/sinenet", "solutions/sinenet", "solutions/../assignments/sinenet/"])
@pytest.mark.parametrize("given", [False, True])
def test_a_path_to_either_folder_works(course: Path, path: str, given: bool) -> None:
    """A path to the public or the hidden folder finds both, with and without the course."""
    assert load(str(course / path), course if given else None) == load("sinenet", course)


def test_a_relative_path_works(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`.` is the assignment of the current folder."""
    monkeypatch.chdir(course / "assignments/sinenet")

    assert load(".") == load("sinenet", course)


def test_a_folder_of_submissions_does_not_hide_an_assignment(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder in the current one that is called like the slug is not taken for the assignment."""
    (tmp_path / "here/sinenet").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "here")

    assert load("sinenet", course).public == course / "assignments/sinenet"


def test_a_copy_of_the_public_folder_stands_alone(course: Path, tmp_path: Path) -> None:
    """What students got can be loaded from anywhere, with nothing hidden."""
    copy = (course / "assignments/sinenet").rename(tmp_path / "sinenet")

    found = load(str(copy))

    assert (found.public, found.hidden) == (copy, None)


@pytest.mark.parametrize("below", ["", "assignments/sinenet", "solutions", "a/b"])
def test_the_course_is_the_nearest_around_the_current_folder(
    course: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    """Inside a course, that course is used; an inner one hides an outer one."""
    (course / below).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(course / below)

    assert course_folder() == course

    inner = add(course / below / "inner")
    monkeypatch.chdir(inner / "assignments")
    assert course_folder() == inner


def test_a_released_course_without_solutions_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a student's laptop the nearest `assignments/` with an assignment in it is the course."""
    add(tmp_path, hidden=False)
    (tmp_path / "work/assignments").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")

    assert course_folder() == tmp_path
    assert load("sinenet").hidden is None


def test_elsewhere_the_checkout_is_the_course(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside any course it is the checkout that the package lies in, and in a wheel the package itself."""
    package = course / "grader"
    package.mkdir()
    monkeypatch.setattr(assignments, "__file__", str(package / "assignment.py"))

    assert course_folder() == course

    wheel = add(tmp_path / "site-packages/grader", hidden=False)
    monkeypatch.setattr(assignments, "__file__", str(wheel / "assignment.py"))

    assert course_folder() == wheel
    assert load("sinenet").public == wheel / "assignments/sinenet"


def test_a_course_lists_its_assignments(course: Path) -> None:
    """Only folders with an `assignment.toml` are assignments."""
    add(course, "capacity")
    (course / "assignments/notes").mkdir()

    assert known_slugs(course) == ["capacity", "sinenet"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("sinnet", "There is no assignment 'sinnet'; did you mean sinenet? {course} has capacity, sinenet."),
        (
            "SineNet",
            "There is no assignment 'SineNet'; did you mean sinenet? {course} has capacity, sinenet.",
        ),
        ("xyz", "There is no assignment 'xyz'; {course} has capacity, sinenet."),
        ("..", "There is no assignment '..'; {course} has capacity, sinenet."),
        ("", "There is no assignment ''; {course} has capacity, sinenet."),
        ("no/such/path", "There is no assignment 'no/such/path'; {course} has capacity, sinenet."),
        ("a\nb", "There is no assignment 'a\\nb'; {course} has capacity, sinenet."),
    ],
)
def test_an_unknown_assignment_is_told_from_the_known(course: Path, name: str, sentence: str) -> None:
    """A wrong slug or path is one line with the slugs there are, and the one that was probably meant."""
    add(course, "capacity")

    with pytest.raises(UsageError) as caught:
        load(name, course)

    assert str(caught.value) == sentence.format(course=course)


def test_a_folder_without_assignments_is_no_course(tmp_path: Path) -> None:
    """A wrong `--course`, or an empty one, is said in one line."""
    with pytest.raises(UsageError, match=r"is no course: it has no folder assignments/\.$"):
        load("sinenet", tmp_path)

    (tmp_path / "assignments").mkdir()
    with pytest.raises(UsageError, match=r"has no assignments; give the course with --course\.$"):
        load("sinenet", tmp_path)


# How strictly it is read


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ("", "missing key `title`"),
        (FACTS + "tile = 1\n", "unknown key `tile`"),
        (FACTS + "[limits]\nseconds = 1\n", "unknown key `seconds` - at `$.limits`"),
        (FACTS.replace("40", '"40"'), "Expected `float`, got `str` - at `$.max_points`"),
        (FACTS.replace("40", "true"), "Expected `float`, got `bool` - at `$.max_points`"),
        (FACTS.replace("40", "nan"), "at `$.max_points`"),
        (FACTS.replace("40", "inf"), "at `$.max_points`"),
        (FACTS.replace("40", "0"), "at `$.max_points`"),
        (FACTS + "[limits]\nmemory_mb = 1.5\n", "at `$.limits.memory_mb`"),
        (FACTS + "[limits]\ncheck_seconds = -1\n", "at `$.limits.check_seconds`"),
        (FACTS + "[limits]\nmax_files = 0\n", "at `$.limits.max_files`"),
        (FACTS + "[limits]\nmax_depth = -1\n", "at `$.limits.max_depth`"),
        (FACTS + "[limits]\nmax_name = 256\n", "at `$.limits.max_name`"),
        (FACTS.replace('"SineNet"]', '"Sine Net"]'), "at `$.names[1]`"),
        (FACTS.replace('"SineNet"]', '"make_data"]'), "`names` lists make_data twice"),
        (FACTS.replace('["make_data", "SineNet"]', "[]"), "at `$.names`"),
        (FACTS.replace("SineNet: fit a sine", "a\\nb"), "at `$.title`"),
        ("title =", ""),
        ("\xff", ""),
    ],
)
def test_a_wrong_fact_is_named_with_file_and_key(tmp_path: Path, facts: str, sentence: str) -> None:
    """Every key is checked, for its name, its type and its range; the line names the file and the key."""
    add(tmp_path, facts="")
    path = tmp_path / "assignments/sinenet/assignment.toml"
    path.write_bytes(facts.encode("latin-1"))

    with pytest.raises(UsageError) as caught:
        load("sinenet", tmp_path)

    assert str(caught.value).startswith(f"{path}: ")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nothing_heavy_is_imported() -> None:
    """Looking up an assignment and its submissions loads no torch, numpy, IPython or pytest."""
    script = (
        "import sys; import grader.assignment, grader.intake.files, grader.notebook\n"
        "print({'torch', 'numpy', 'IPython', 'nbformat', 'pytest'} & sys.modules.keys())"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and a text of ours
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, "set()\n")
